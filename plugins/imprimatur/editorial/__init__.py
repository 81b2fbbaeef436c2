"""Who may approve what: policy, board, acts, and the standing they add up to."""

from imprimatur.editorial.act import Act, FiledAct, Signature
from imprimatur.editorial.board import Board, Person
from imprimatur.editorial.policy import Policy
from imprimatur.editorial.repository import Repository
from imprimatur.editorial.standing import last_submission, standing
from imprimatur.editorial.state import Approval, Standing, State, Successor
from imprimatur.editorial.vocabulary import ActName, Decision, Role

__all__ = [
    "Act",
    "ActName",
    "Approval",
    "Board",
    "Decision",
    "FiledAct",
    "Person",
    "Policy",
    "Repository",
    "Role",
    "Signature",
    "Standing",
    "State",
    "Successor",
    "last_submission",
    "standing",
]
