"""Who may approve what: policy, board, acts, and the standing they add up to."""

from imprimatur.editorial.act import Act, FiledAct, Signature
from imprimatur.editorial.board import Board, Person
from imprimatur.editorial.policy import Policy
from imprimatur.editorial.repository import Repository
from imprimatur.editorial.standing import Standing, State, last_submission, standing
from imprimatur.editorial.vocabulary import ActName, Decision, Role

__all__ = [
    "Act",
    "ActName",
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
    "last_submission",
    "standing",
]
