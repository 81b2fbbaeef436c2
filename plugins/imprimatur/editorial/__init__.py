"""Who may approve what: policy, board, acts, and the standing they add up to."""

from imprimatur.editorial.act import Act, FiledAct, Seal, Signature
from imprimatur.editorial.board import Board, Person
from imprimatur.editorial.derived import Derived
from imprimatur.editorial.landing import PROPOSED, Change, Edit, Landing, Record
from imprimatur.editorial.policy import Policy
from imprimatur.editorial.repository import Repository
from imprimatur.editorial.standing import standing
from imprimatur.editorial.state import Approval, Discount, Said, Standing, State, Successor
from imprimatur.editorial.vocabulary import ActName, Decision, Role

__all__ = [
    "PROPOSED",
    "Act",
    "ActName",
    "Approval",
    "Board",
    "Change",
    "Decision",
    "Derived",
    "Discount",
    "Edit",
    "FiledAct",
    "Landing",
    "Person",
    "Policy",
    "Record",
    "Repository",
    "Role",
    "Said",
    "Seal",
    "Signature",
    "Standing",
    "State",
    "Successor",
    "standing",
]
