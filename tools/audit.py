"""Say which articles are approved, from Git alone and without a line of Imprimatur.

tools/audit.py [REPOSITORY] [--trust REF] [--at TIME] [--json]
For an auditor who does not trust us: written from the law, with git, ssh-keygen, PyYAML and pybtex. Texts and works
are those of the commit HEAD; policy, board and acts those of the protected branch: REF, origin's default branch or
main. TIME is written as 2026-11-23T10:15:12Z. Exits 0 if all are approved, 1 if not, 2 if it could not look.
What it cannot read is not approved, nor what rests on acts without signatures or only proposed. The outcome
`approved-by-light-review` is not verified, since that needs our word diff. Names that merely look alike, keys that
are unknown or stand twice, and what only pages need are not looked at.
"""

# fmt: off
# ruff: noqa: ANN401, D102, D103, D204, E401, E501, I001, SIM905 - an auditor shall read no more than 300 lines
import argparse, base64, calendar, hashlib, json, os, posixpath, re, subprocess, sys, tempfile, unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any
import yaml
from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.exceptions import PybtexError
from pybtex.utils import CaseInsensitiveDict

RECORDS, ARTICLES, WORKS = "editorial/records/", "docs/articles/", "bibliography.bib"
BOARD, POLICY, TIME = "editorial/board.yml", "editorial/policy.yml", "%Y-%m-%dT%H:%M:%SZ"
DOWN, OBJECTS = {"withdraw", "retract", "supersede"}, {"revise", "reject"}
LIGHT, NEVER, DEEPEST = "approved-by-light-review", "9999-12-31T23:59:59Z", 8
# The fields of a work that readers see: its own, and those that a parent may give.
OWN = set("doi evidence_kind isbn note pages pmcid pmid retracted subtitle title url urldate".split())
TAKEN = set("""address author booktitle date edition editor howpublished institution issue journal journaltitle location
    month number organization publisher school series type volume year""".split())
ENTRY = re.compile(r"^[ \t]*@[ \t]*([A-Za-z][\w:.+/*-]*)\s*[{(]\s*([^\s,{}()]*)", re.MULTILINE)
CITED = re.compile("@([A-Za-z0-9_](?:[A-Za-z0-9_:.#$%&+?<>~/-]*[A-Za-z0-9_])?)")
IMAGE = re.compile(r"[^\s()<>\"'\[\]|?#`]*\.(?i:png|jpe?g|gif|webp|avif|svg|ico|bmp|tiff?)(?!\w)")
STRING = re.compile(r"\s*@\s*string", re.IGNORECASE)
SEAL = re.compile(rb"-{5}BEGIN SSH SIGNATURE-{5}\r?\n([\w+/=\r\n]+)\n-{5}END SSH SIGNATURE-{5}")
FAULTS = yaml.YAMLError, ValueError, LookupError, TypeError, AttributeError, RecursionError
Said = dict[str, Any]
def read(data: bytes) -> tuple[str, Said]:  # its body, and as YAML its head or all of it
    text = unicodedata.normalize("NFC", re.sub("\r\n?", "\n", data.decode()))
    head, _, body = text.partition("\n---\n") if text.startswith("---\n") else (text, "", "")
    return body, dict(yaml.load(head, Loader=yaml.BaseLoader))  # noqa: S506 - all values are text
def digest(value: Any) -> str:
    if not isinstance(value, bytes):
        value = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return f"sha256:{hashlib.sha256(value).hexdigest()}"
def names(person: Said) -> set[str]:
    name = unicodedata.normalize("NFKD", person["name"]).casefold()
    return {"".join(filter(str.isalnum, name)), person.get("orcid") or ""} - {""}
@cache
def git(*arguments: str) -> bytes:
    done = subprocess.run(["git", *arguments], capture_output=True, check=False)  # noqa: S607
    if done.returncode:
        raise OSError(done.stderr.decode(errors="replace").strip() or f"no {arguments[-1]}")
    return done.stdout
def lines(*arguments: str) -> list[str]:
    return git(*arguments).decode(errors="replace").split("\n")[:-1]
@cache
def tree(commit: str) -> dict[str, str]:  # plain files, no links, by their blobs
    entries = git("ls-tree", "-r", "-z", commit).decode(errors="replace").split("\0")
    return {each.split("\t")[1]: each.split()[2] for each in entries if each.startswith("100")}
def file(commit: str, path: str) -> bytes:
    return git("cat-file", "blob", tree(commit)[path]) if path in tree(commit) else b""
def board_of(data: bytes) -> tuple[int, Said]:  # version and members; nobody if unreadable or double
    try:
        (_, said), claims = read(data), list[str]()
        for each in said["people"]:
            each["keys"] = {" ".join(key["public"].split()[:2]): key for key in each.get("keys", [])}
            claims += [each["id"], *each["keys"], *names(each)]
        unique = len(claims) == len({*claims})
        return int(said["version"]) * unique, {each["id"]: each for each in said["people"] * unique}
    except FAULTS:
        return 0, {}
def signer(data: bytes, armour: bytes, keys: Said) -> str:  # which key signed; empty: none
    match = SEAL.fullmatch(armour.strip())
    blob = base64.b64decode(match[1]) if match else bytes(14)
    made_by = base64.b64encode(blob[14:14 + int.from_bytes(blob[10:14], "big")]).decode()
    key = next((each for each in keys if each.split()[1] == made_by), "")
    if not key or (key.startswith("sk-") and not blob[-5] & 1):  # nobody touched that security key
        return ""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "allowed").write_text(f'signer namespaces="imprimatur" {key}\n')
        Path(folder, "seal").write_bytes(armour)
        command = ["ssh-keygen", "-Y", "verify", "-I", "signer", "-n", "imprimatur"]
        command += ["-f", f"{folder}/allowed", "-s", f"{folder}/seal"]
        done = subprocess.run(command, input=data, capture_output=True, check=False)
    return "" if done.returncode else key
@cache
def works(data: bytes) -> dict[str, Said]:  # kind and fields of each; none where BibTeX objects
    text = re.sub("\r\n?", "\n", data.decode("utf-8-sig", "replace"))
    places = [*(each.start() for each in ENTRY.finditer(text)), len(text)]
    found, strings = dict[str, Said](), CaseInsensitiveDict(month_names)
    for part in sorted((text[start:end] for start, end in pairwise(places)), key=lambda part: not STRING.match(part)):
        _, kind, key, _ = ENTRY.split(part, maxsplit=1)
        try:
            _, (_, given) = next(iter(LowLevelParser(part, macros=strings)))
            fields = {name.lower(): " ".join("".join(value).split()) for name, value in given[::-1]}
        except (PybtexError, ValueError, StopIteration, RecursionError):
            fields = {}
        if key and kind.lower() not in {"string", "comment", "preamble"}:
            found.setdefault(key, fields and fields | {"@": kind.lower()})
    return found
def bound(key: str, data: bytes) -> Said:  # with what its parents give
    found, seen = works(data).get(key, {}), [key]
    above = found.get("crossref", "").strip()
    while above not in seen and len(seen) <= DEEPEST and (parent := works(data).get(above)):
        found = {"booktitle": parent.get("title", "")} | {name: parent[name] for name in TAKEN & {*parent}} | found
        seen, above = [*seen, above], parent.get("crossref", "").strip()
    shown = {*found} & (OWN | TAKEN) - ({"url", "urldate"} if found.get("doi") else set())
    return {"entry type": found["@"]} | {k: found[k] for k in shown if found[k]} if found else {}
def manifest(path: str, commit: str) -> tuple[Said, Said]:  # what an approval covers; and the head
    (body, front), entries = read(file(commit, path)), file(commit, WORKS)
    front["authors"] = [each | {"orcid": each.get("orcid") or None} for each in front["authors"]]
    parts = {"path": digest(path), "front matter": digest(front), "body": digest(body)}
    for cited in CITED.findall(body):
        starts = (cited[:end] for end in range(len(cited), 0, -1))
        if key := next((each for each in starts if each in works(entries)), ""):
            parts[f"reference {key}"] = digest(bound(key, entries))
    for found in IMAGE.findall(body):
        image = posixpath.normpath(posixpath.join(posixpath.dirname(path), found))
        parts[f"image {image}"] = digest(file(commit, image).replace(*[b"\r\n", b"\n"] if image.lower().endswith(".svg") else b"aa"))
    return parts, front

class Branch:
    """The protected branch, and how all came to it; places on it are counted from 0."""
    def __init__(self, trust: str, now: datetime) -> None:
        usual = "refs/remotes/origin/HEAD", "refs/remotes/origin/main", "refs/heads/main"
        name = trust or next((each for each in usual if lines("for-each-ref", each)), "main")
        if lines("rev-parse", "--is-shallow-repository") != ["false"]:
            raise OSError("only a part of the history is here")
        self.head, self.tip = lines("rev-parse", "HEAD^{commit}", f"{name}^{{commit}}")
        log = lines("log", "--first-parent", "--reverse", "--format=%H %ct", self.tip)
        times = accumulate((int(each.split()[1]) for each in log), max)
        self.times = [min(datetime.fromtimestamp(at, UTC), now) for at in times]
        self.first, self.reached = dict[str, tuple[int, str]](), dict[str, int]()
        self.boards, highest, held, old = [(-1, Said())], 0, b"", list[str]()
        for place, commit in enumerate(each.split()[0] for each in log):
            self.reached |= dict.fromkeys(lines("rev-list", commit, *old), place)
            self.first = {path: (place, blob) for path, blob in tree(commit).items()} | self.first
            old, data = [f"^{commit}"], file(commit, BOARD)
            version, people = board_of(data)
            # A board that nobody can read has no members; an old one put back changes nothing.
            if data != held and (not version or version > highest):
                self.boards.append((place, people))
            highest, held = max(version, highest), data
    def acts(self, slug: str) -> Iterator[Said]:  # as they came, whatever became of them
        for path in (each for each in self.first if each.startswith(f"{RECORDS}{slug}/")):
            found = [self.first[each] for each in (path, f"{path}.sig") if each in self.first]
            data, seal = [*(git("cat-file", "blob", blob) for _, blob in found), b""][:2]
            place = max(place for place, _ in found)
            try:
                _, said = read(data)
                when = datetime.strptime(said["signed_at"], TIME).replace(tzinfo=UTC)
                name = f"{RECORDS}{slug}/{when:%Y%m%dT%H%M%SZ}-{said['act']}-{said['by']}.yml"
                member = next(people for since, people in self.boards[::-1] if since < place).get(said["by"], {})
                said |= {"begun": (int(said["round"]), said["manuscript"]), "when": when}
            except FAULTS:
                continue
            if path == name:
                key, arrival = signer(data, seal, member.get("keys", {})), (place, when, path)
                yield said | {"path": path, "arrival": arrival, "digest": digest(data), "at": self.times[place],
                              "key": key, "member": member}
    def changes(self, path: str, parts: list[list[str]]) -> Iterator[tuple[int, set[str]]]:  # when and who
        files = {path, *(each[1] for each in parts if each[0] == "image")}
        keys = [each[1] for each in parts if each[0] == "reference"]
        form = "%x01%H %P%x02<%ae> <%ce> %(trailers:key=Co-authored-by,valueonly,unfold,separator= )"
        how = [f"--format={form}", "--full-history", "-c", "--no-renames", "--name-only", "--relative"]
        log = git("log", *how, self.tip, self.head, "--", "docs", WORKS).decode(errors="replace")
        for about, *touched in (entry.split("\n") for entry in log.split("\1")[1:]):
            commits, people = about.split("\2")
            new, *old = (file(each, WORKS) for each in commits.split())
            moved = (all(bound(key, new) != bound(key, each) for each in old) for key in keys)
            if files & {*touched} or any(moved):
                hands = {each.strip().casefold() for each in re.findall("<([^<>]*)>", people)}
                yield self.reached.get(commits.split()[0], len(self.times)), hands
def within(act: Said, member: Said, at: datetime) -> bool:  # the days of member and key
    key = member.get("keys", {}).get(act["key"], {"valid_from": NEVER})
    spans = (member.get("term", key), "from", "to"), (key, "valid_from", "valid_to")
    revoked = min(each.get("revoked_from") or NEVER for each in (member, key))
    return f"{at:{TIME}}" < revoked and all(
        span.get(first, NEVER) <= f"{at:%Y-%m-%d}" <= (span.get(last) or NEVER) for span, first, last in spans)
def last_day(act: Said, months: int) -> date:
    day = min(act["when"], act["at"]).date()
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))

class Case:
    """What the law makes of one article."""
    def __init__(self, slug: str, branch: Branch) -> None:
        parts, self.front = manifest(f"{ARTICLES}{slug}.md", branch.head)
        self.text, (_, self.law) = digest(parts), read(file(branch.tip, POLICY))
        proposed = any(f"{RECORDS}{slug}/" in each for each in {*tree(branch.head)} - {*branch.first})
        if self.law["signatures"] != "required" or proposed:
            raise ValueError("acts without signatures, or only proposed, are not verified here")
        self.boards = [branch.boards[-1][1], board_of(file(branch.tip, BOARD))[1]]
        self.needs = self.law["classes"][self.front["class"]]
        self.changes = [*branch.changes(f"{ARTICLES}{slug}.md", [each.split(" ", 1) for each in parts])]
        acts = (each for each in branch.acts(slug) if (each["site"], each["article"]) == (self.law["site"], slug))
        self.acts = sorted(acts, key=lambda act: act["arrival"])
        self.genuine = [act for act in self.acts if act["act"] != "submit" and self.proven(act)]
        self.lapsed = [act["path"] for act in self.genuine if self.lapses(act)]
    def proven(self, act: Said) -> bool:  # that a member did it who might, by the board of then
        may = {*act["member"].get("roles", [])} & {*self.law["acts"].get(act["act"], [])}
        return act["role"] in may and within(act, act["member"], act["at"])
    def lapses(self, act: Said) -> bool:  # whether it puts nothing up, or no longer
        is_now = all(within(act, board.get(act["by"], {}), act["at"]) for board in self.boards)
        is_ahead = act["when"] > act["at"] + timedelta(minutes=10)
        return is_ahead or not is_now or not within(act, act["member"], act["when"])
    def answered(self, act: Said, name: str, among: list[Said]) -> bool:  # by another who still may
        able = [each for each in among if each["path"] not in self.lapsed and each.get("previous") == act["digest"]]
        return any(each["act"] == name and (each["by"] != act["by"] or name == "reinstate") for each in able)
    def stopped(self, submit: Said, among: list[Said]) -> str:  # what stood against a round then
        for place, act in enumerate(among):
            number = act["begun"][0]
            if act["act"] in DOWN and (number >= submit["begun"][0] or act["arrival"] > submit["arrival"]):
                return f"{act['by']} took it down"
            again = (each for each in among[place + 1:] if (each["act"], each["by"]) == ("review", act["by"]))
            lifted = self.answered(act, "overrule", among) or any(each["begun"][0] >= number and (
                each["decision"] in OBJECTS or each["path"] not in self.lapsed) for each in again)
            concerns = number <= submit["begun"][0] or act["manuscript"] == submit["manuscript"]
            if act.get("decision") in OBJECTS and concerns and not lifted:
                return f"{act['by']} objects to it"
        return ""
    def counts(self, act: Said, submit: Said, base: int, members: list[Said]) -> bool:  # from an independent judge
        asked = act.get("conflict_of_interest") or {}
        free = asked.get("none") == "true" or self.answered(act, "waive", self.genuine)
        opened = any(each["digest"] == act.get("previous") and each["begun"] == submit["begun"]
                     and each["act"] in {"submit", "assign"} for each in self.acts)
        own = {address.casefold() for each in members for address in each.get("git", [])}
        wrote = any(base < at <= act["arrival"][0] and own & hands for at, hands in self.changes)
        authors = {name for each in self.front["authors"] for name in names(each)}
        wrote = wrote or act["by"] == submit["by"] or any(names(each) & authors for each in members)
        unnamed = act["manuscript"] == self.text and {*self.front["audiences"]} - {*act.get("audiences", [])}
        return asked.get("declared") == "true" and free and opened and not unnamed and not wrote
    def approvals(self, submit: Said, base: int, among: list[Said]) -> list[Said]:  # each member's last word
        reviews = [each for each in among if (each["act"], each["begun"]) == ("review", submit["begun"])]
        return [act for act in {act["by"]: act for act in reviews}.values() if not act.get("light")
                and act["decision"] == "approve" and self.counts(act, submit, base, [act["member"]])]
    def suffice(self, found: list[Said]) -> bool:
        return len(found) >= max(1, int(self.needs["quorum"])) and all(
            {*self.needs.get(sort, [])} <= {name for act in found for name in act["member"][sort]}
            for sort in ("roles", "specialties"))
    def grants(self) -> list[tuple[Said, int, int]]:  # submission, base, place of completion
        found = list[tuple[Said, int, int]]()
        begun = {act["begun"]: act for act in self.acts[::-1] if act["act"] == "submit"}
        for submit in sorted(begun.values(), key=lambda act: (act["begun"][0], act["arrival"])):
            base = max((place for *_, place in found if place <= submit["arrival"][0]), default=-1)
            for count in range(1, len(self.genuine) + 1):
                seen = self.genuine[:count]
                if self.suffice(self.approvals(submit, base, seen)) and not self.stopped(submit, seen):
                    found.append((submit, base, seen[-1]["arrival"][0]))
                    break
        return found
    def verdict(self, today: date) -> str:  # why it is not approved; empty if it is
        downs = [act for act in self.genuine if act["act"] in DOWN]
        still = [act for act in downs if not self.answered(act, "reinstate", self.genuine)]
        if still or len({act["by"] for act in downs if act["act"] == "retract"}) > 1 or not (grants := self.grants()):
            return "it was taken down" if downs else "no round was ever complete"
        submit, base, _ = grants[-1]
        lights = [act for act in self.genuine if act.get("light") and act["begun"] > submit["begun"]]
        if self.law["light_review"] == "true" and lights:
            return LIGHT
        if submit["manuscript"] != self.text or self.stopped(submit, self.genuine):
            return self.stopped(submit, self.genuine) or "another text was approved last"
        still = [act for act in self.approvals(submit, base, self.genuine) if act["path"] not in self.lapsed
                 and self.counts(act, submit, base, [each[act["by"]] for each in self.boards])]
        found = [(last_day(act, int(self.needs["valid_months"])), act) for act in still]
        days = [day for day, _ in found if self.suffice([act for end, act in found if end >= day])]
        is_held = bool(days) and today <= max(days) + timedelta(int(self.needs["grace_days"]))
        return "" if is_held else "too few approvals count, or they are too old"

def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--trust", default="")
    parser.add_argument("--at", default=f"{datetime.now(UTC):{TIME}}")
    parser.add_argument("repository", nargs="?", default=".")
    parser.add_argument("--json", action="store_true")
    asked, found = parser.parse_args(), dict[str, list[str]]()
    os.environ |= {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_GRAFT_FILE": os.devnull}
    try:
        os.chdir(asked.repository)
        branch = Branch(asked.trust, now := datetime.strptime(asked.at, TIME).replace(tzinfo=UTC))
        for path in (each for each in tree(branch.head) if re.match(f"{ARTICLES}[^/]+[.]md$", each)):
            try:
                reason = (case := Case(Path(path).stem, branch)).verdict(now.date())
            except FAULTS as fault:
                reason = f"{type(fault).__name__}: {fault}".split("\n")[0]
            kind = "not-approved" if reason not in {"", LIGHT} else reason or "approved"
            found[Path(path).stem] = [kind, reason or case.text]
            if not asked.json:
                print(Path(path).stem, f"{kind} {case.text}" if not reason else f"{kind}: {reason}")
    except (OSError, ValueError) as fault:
        print(f"could not look: {fault}", file=sys.stderr)
        return 2
    print(json.dumps(found) * asked.json, end="")
    return 0 if found and all(kind == "approved" for kind, _ in found.values()) else 1
if __name__ == "__main__":
    sys.exit(main())
