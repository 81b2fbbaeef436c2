"""Say which articles are approved, from Git alone and without a line of Imprimatur.

tools/audit.py [--trust REF] [--at 2026-11-23T10:15:12Z], run in the root of the site by whoever does not trust us, with
git, ssh-keygen, PyYAML and pybtex. Texts and works are those of HEAD; policy, board and acts those of the protected
branch: REF, the setting `imprimatur.trust`, origin's default branch or main. Exits 0 if all are approved, 1 if not, 2
if it could not look. What it cannot read it does not approve. It leaves open light reviews, and acts unsigned or only
proposed. It overlooks acts that a merge lost, names that look alike, unknown keys, quotes, what pages need, and site.yml.
"""

# fmt: off
# ruff: noqa: ANN401, D101, D102, D103, E401, E501, I001, SIM905 - an auditor shall read no more than 330 lines
import argparse, base64, calendar, contextlib, functools, hashlib, itertools, json, os, pathlib, posixpath, re
import collections.abc, subprocess, sys, tempfile, typing, unicodedata, urllib.parse, yaml
from datetime import UTC, date, datetime, timedelta
from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.exceptions import PybtexError
from pybtex.utils import CaseInsensitiveDict
RECORDS, ARTICLES, WORKS, TIME = "editorial/records/", "docs/articles/", "bibliography.bib", "%Y-%m-%dT%H:%M:%SZ"
APPROVED, REFUSED, OPEN, NEVER, DEEPEST = "approved", "not-approved", "not-verified", "9999-12-31T23:59:59Z", 8
DOWN, OBJECTS, LIFTS = {"withdraw", "retract", "supersede"}, {"revise", "reject"}, {"approve", "abstain"}
KNOWN = {*"""act site article round manuscript by role printed_name meaning decision audiences checklist reviewers light
    conflict_of_interest successor reason signed_at previous""".split()}  # all that an act may say
OWN = {*"doi evidence_kind isbn note pages pmcid pmid retracted subtitle title url urldate".split()}  # seen of works
TAKEN = {*"""address author booktitle date edition editor howpublished institution issue journal journaltitle location
    month number organization publisher school series type volume year""".split()}  # and what a parent gives
ENTRY = re.compile(r"^[ \t]*@[ \t]*([A-Za-z][\w:.+/*-]*)\s*[{(]\s*([^\s,{}()]*)", re.MULTILINE)
CITED = re.compile("@([A-Za-z0-9_](?:[A-Za-z0-9_:.#$%&+?<>~/-]*[A-Za-z0-9_])?)")
IMAGE = re.compile(r"[^\s()<>\"'\[\]|?#`]*\.(?i:png|jpe?g|gif|webp|avif|svg|ico|bmp|tiff?)(?!\w)")
SEAL = re.compile(rb"-{5}BEGIN SSH SIGNATURE-{5}\r?\n([\w+/=\r\n]+)\n-{5}END SSH SIGNATURE-{5}")
FORMS = dict.fromkeys(["from", "to", "valid_from", "valid_to"], DAY := "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])") | {"version": "[1-9][0-9]{0,8}",
    "quorum": "[1-9]|1[0-9]|20", "valid_months": "[1-9][0-9]?|1[01][0-9]|120", "grace_days": "0|[1-9][0-9]{0,2}", "light_review": "true|false", "roles": "editor-in-chief|editor|reviewer|patient-reviewer", "pending": "block|withhold|last-approved", "signatures": "required|optional", "revoked_from": f"{DAY}T([01][0-9]|2[0-3])(:[0-5][0-9]){{2}}Z"}
FAULTS = yaml.YAMLError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError
USUAL, PLAIN = ["refs/remotes/origin/HEAD", "refs/remotes/origin/main", "refs/heads/main"], ["-c", "core.commitGraph=0"]
GIT = "git -c log.follow=0 -c log.showRoot=1 -c log.showSignature=0 -c core.quotepath=0 -c trailer.separators=:".split()
AROUND = {name: value for name, value in os.environ.items() if not re.match("GIT_(ALT|COMMON|DIR|INDEX|NAMES|OBJ|PREFIX|SHALLOW|WORK)", name)} | {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_GRAFT_FILE": os.devnull, "GIT_LITERAL_PATHSPECS": "1"}
Said = dict[str, typing.Any]
class Reader(yaml.BaseLoader):  # all values are text, and `null` says nothing
    def construct_mapping(self, node: typing.Any, deep: typing.Any = None) -> dict[typing.Any, typing.Any]:
        said = super().construct_mapping(node, deep=bool(deep))
        if len(said) < len(node.value):
            raise ValueError("a key stands twice")
        return {key: value for key, value in said.items() if value != "null"}
def read(data: bytes) -> tuple[str, Said]:  # its body, and as YAML its head or all of it
    text = unicodedata.normalize("NFC", re.sub("\r\n?", "\n", data.decode()))
    head, _, body = text.partition("\n---\n") if text.startswith("---\n") else (text, "", "")
    plain = not any(vars(each).get("anchor") or vars(each).get("tag") for each in yaml.parse(f"\n{head}"))
    return body, dict(yaml.load(f"\n{head}", Loader=Reader) if plain else {})  # noqa: S506 - it makes but text
def digest(value: typing.Any) -> str:
    if not isinstance(value, bytes):
        value = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return f"sha256:{hashlib.sha256(value).hexdigest()}"
def names(person: Said) -> set[str]:
    return {"".join(filter(str.isalnum, unicodedata.normalize("NFKD", person["name"]).casefold())), person.get("orcid") or ""} - {""}
@functools.cache
def git(*arguments: str) -> bytes:  # the same whatever a clone's own settings and its surroundings are
    return subprocess.run([*GIT, *PLAIN, *arguments], capture_output=True, check=True, env=AROUND).stdout
def lines(*arguments: str) -> list[str]:
    return git(*arguments).decode(errors="replace").split("\n")[:-1]
@functools.cache
def tree(commit: str) -> dict[str, str]:  # plain files, no links, by their blobs
    return {each.split("\t")[1]: each.split()[2] for each in git("ls-tree", "-r", "-z", commit).decode(errors="replace").split("\0") if each.startswith("100")}
def file(commit: str, path: str) -> bytes:
    return git("cat-file", "blob", tree(commit)[path]) if path in tree(commit) else b""
def is_exact(said: typing.Any, name: str = "") -> bool:  # whether all that is reckoned with is written in its one form
    inner = said.items() if isinstance(said, dict) else ((name, each) for each in said)
    return bool(re.fullmatch(FORMS.get(name, "(?s:.*)"), said)) if isinstance(said, str) else all(is_exact(e, key) for key, e in inner)
@functools.cache
def edition(data: bytes) -> Said:  # a policy or board, its people by their ids; empty if unreadable or double
    try:
        said, claims = read(data)[1], list[str]()
        for one in [*said.get("people", []), *said.get("contributors", [])]:
            one["keys"] = {" ".join(key["public"].split()[:2]): key for key in one.get("keys", [])}
            claims += [one["id"].encode("ascii"), *one["keys"], *names(one), *{*map(str.casefold, one.get("git", []))}]
        people = {each["id"]: each for each in said.get("people", [])}
        return said | {"version": int(said["version"]), "people": people} if is_exact(read(data)[1]) and len(claims) == len({*claims}) else {}
    except FAULTS:
        return {}
def editions(commits: tuple[str, ...], path: str) -> list[tuple[int, Said]]:  # by place; none if an old one comes back
    found, last, highest = [(-1, Said())], b"", 0
    for place, data in enumerate(file(commit, path) for commit in commits):
        said = edition(data)
        if not said or said["version"] > highest or data == last:
            found.append((place, said))
            highest, last = (said["version"], data) if said else (highest, last)
    return found
def signer(data: bytes, armour: bytes, keys: Said) -> str:  # which key signed; empty: none
    blob = base64.b64decode(match[1]) if (match := SEAL.fullmatch(armour.strip())) else bytes(14)
    end = 14 + int.from_bytes(blob[10:14], "big")
    key = next((each for each in keys if base64.b64decode(each.split()[1]) == blob[14:end]), "")
    # What nobody signs behind the purpose must be empty, and a security key must have been touched.
    if not key or not blob[end:].startswith(b"\0\0\0\nimprimatur\0\0\0\0") or (key[:3] == "sk-" and not blob[-5] & 1):
        return ""
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "allowed").write_text(f'signer namespaces="imprimatur" {key}\n')
        pathlib.Path(folder, "seal").write_bytes(armour)
        command = "ssh-keygen -Y verify -I signer -n imprimatur -f allowed -s seal".split()
        return "" if subprocess.run(command, cwd=folder, input=data, capture_output=True, check=False).returncode else key
@functools.cache
def works(data: bytes) -> dict[str, Said]:  # kind and fields of each; none where BibTeX objects
    text = re.sub("\r\n?", "\n", data.decode("utf-8-sig", "replace"))
    found, strings = dict[str, Said](), CaseInsensitiveDict(month_names)
    parts = [text[a:b] for a, b in itertools.pairwise([*(each.start() for each in ENTRY.finditer(text)), len(text)])]
    for part in sorted(parts, key=lambda each: not re.match(r"(?i)\s*@\s*string", each)):
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
    sure = re.fullmatch(r"10[.][0-9]{4,9}/[A-Za-z0-9]([\w.()/:;-]*[A-Za-z0-9)])?", found.get("doi", ""), re.ASCII)
    shown = {*found} & (OWN | TAKEN) - ({"url", "urldate"} if sure and not found.get("howpublished") else set())
    return {"entry type": found["@"]} | {k: found[k] for k in shown if found[k]} if found else {}
def manifest(path: str, commit: str) -> tuple[Said, Said]:  # what an approval covers; and the head
    (body, front), entries = read(file(commit, path)), file(commit, WORKS)
    front["authors"] = [each | {"orcid": each.get("orcid") or None} for each in front["authors"]]
    parts = {"path": digest(path), "front matter": digest(front), "body": digest(body)}
    for cited in CITED.findall(body):
        starts = (cited[:end] for end in range(len(cited), 0, -1))
        if key := next((each for each in starts if each in works(entries)), ""):
            parts[f"reference {key}"] = digest(bound(key, entries)) if bound(key, entries) else "missing"
    for found in IMAGE.findall(body):
        image = posixpath.normpath(posixpath.join(posixpath.dirname(path), found))
        end = b"\n" if image.lower().endswith(".svg") else b"\r\n"  # a checkout may change those of a drawing
        parts[f"image {image}"] = digest(file(commit, image).replace(b"\r\n", end)) if image in tree(commit) else "missing"
    return parts, front
def sound(said: Said) -> bool:  # whether an act says all that it must, and nothing else
    act, decision, asked = said["act"], said.get("decision", ""), said.get("conflict_of_interest", {})
    return ({*said} <= KNOWN and decision in (OBJECTS | LIFTS if act == "review" else {""})
            and (decision == "approve" or ("light" not in said and (act in {"submit", "assign"} or "reason" in said)))
            and ("successor" in said, "statement" in asked) == (act == "supersede", asked.get("none") == "false"))
class Branch:  # the protected branch, and how all came to it; places on it are counted from 0
    def __init__(self, trust: str, now: int) -> None:
        named = trust or lines("config", "--default", "", "--get", "imprimatur.trust")[0]
        here = {each.split(" ")[0]: each.split(" ")[1] for each in lines("for-each-ref", "--format=%(refname) %(objectname) %(symref)") if f"{USUAL[0]} " not in each or f" {USUAL[0][:-4]}" in each}  # no tags, which Git takes too, and no branch called HEAD; where origin has a `master`, `main` may be anybody's
        name = named if re.fullmatch("HEAD|[0-9a-f]{40,64}", named) else next((here[each] for each in ([named, f"refs/remotes/{named}", f"refs/heads/{named}"] if named else USUAL[:1 if "refs/remotes/origin/master" in here else 3]) if each in here), "")
        if not name or lines("rev-parse", "--is-shallow-repository") != ["false"]:
            raise OSError("the protected branch, or a part of the history, is not here")
        self.head, self.tip = lines("rev-parse", "HEAD^{commit}", f"{name}^{{commit}}")
        log = lines("log", "--first-parent", "--reverse", "--format=%H %ct", self.tip)
        self.commits, dates = zip(*(f"{each} 0".split()[:2] for each in log), strict=True)  # one may name no date
        # What is dated ahead of now came with the next one that is not; no time goes back.
        late = itertools.accumulate(map(int, dates[::-1]), lambda after, at: at if at <= now else after, initial=now)
        self.times, self.dates = ([datetime.fromtimestamp(min(int(at), 253402300799), UTC) for at in some] for some in (itertools.accumulate([*late][:0:-1], max), dates))
        self.first, self.reached = dict[str, tuple[int, str]](), dict[str, int]()
        for place, commit in enumerate(self.commits):
            self.reached |= dict.fromkeys(lines("rev-list", commit, "--not", *self.commits[place - 1:place]), place)
            self.first = {path: (place, blob) for path, blob in tree(commit).items()} | self.first
        self.policies, self.boards = (editions(self.commits, f"editorial/{each}.yml") for each in ("policy", "board"))
    def acts(self, slug: str) -> collections.abc.Iterator[Said]:  # as they came, whatever became of them
        for path in (each for each in self.first if each.startswith(f"{RECORDS}{slug}/") and each.endswith(".yml")):
            (place, blob), (sealed, seal) = self.first[path], self.first.get(f"{path}.sig", (len(self.times), ""))
            # A signature that comes later is none. While nobody can read the board, the one before it goes on.
            data, armour = git("cat-file", "blob", blob), git("cat-file", "blob", seal) if sealed <= place else b""
            (_, said), at = read(data), self.times[place]
            against, when = said["act"] in DOWN or said.get("decision") in OBJECTS, datetime.strptime(said["signed_at"], TIME).replace(tzinfo=UTC)
            if path != f"{RECORDS}{slug}/{when:%Y%m%dT%H%M%SZ}-{said['act']}-{said['by']}.yml" or not sound(said):
                raise ValueError(f"{path} is no act")
            for until in range(place, place + 1 + against):  # of what is against a text, also by what came with it
                people = next((each["people"] for since, each in self.boards[::-1] if each and since < until), Said())
                key = signer(data, armour, (member := people.get(said["by"], {})).get("keys", {}))
                yield said | {"path": path, "arrival": (place, when, path), "digest": digest(data), "at": at, "came": min(at, self.dates[place]), "when": when, "key": key,
                    "begun": (int(said["round"]), said["manuscript"]), "member": member, "against": against, "until": until}
    def changes(self, path: str, parts: Said) -> collections.abc.Iterator[tuple[str, int, set[str]]]:  # what, when, who
        keys = [each.removeprefix("reference ") for each in parts if each.startswith("reference ")]
        form = "--format=%x01%H %P%x02<%ae> <%ce> %(trailers:key=Co-authored-by,valueonly,unfold,separator= )"
        how = [form, "--full-history", "--no-renames", "--name-only", "--relative", self.tip, self.head, "--", "docs"]
        log = git("log", "-c", *how, WORKS) + git("log", "--merges", "--sparse", "--remerge-diff", *how)
        for about, *touched in (entry.split("\n") for entry in log.decode(errors="replace").split("\1")[1:]):
            commits, people = about.split("\2")
            new, *old = (file(each, WORKS) for each in commits.split())
            moved = (all(bound(key, new) != bound(key, each) for each in old or [b""]) for key in keys)
            if any(moved) or {*touched} & {path, *(each.removeprefix("image ") for each in parts)}:
                hands = {each.strip().casefold() for each in re.findall("<([^<>]*)>", people)}
                yield (commit := commits.split()[0]), self.reached.get(commit, len(self.times)), hands
    def behind(self, path: str) -> set[str]:  # the commits on which all that made this file rest
        how = ["--full-history", "--no-renames", "--diff-filter=A", "--format=%H"]
        made = [{*lines("rev-list", each)} for each in lines("log", *how, self.tip, self.head, "--", path)]
        return set.intersection(*made) if made else set()
# The days of member and key. What is against a text counts by the day of its signature, too, if it came within a month.
def within(act: Said, member: Said, *, now: bool = False) -> bool:
    key, at, when = member.get("keys", {}).get(act["key"], {"valid_to": "0"}), act["at"].date(), str(act["when"].date())
    days = [(str(at), str(at)), *([(when, str(act["came"].date() - timedelta(30)))] if act["against"] and not now else [])]
    return f"{act['at']:{TIME}}" < min(str(each.get("revoked_from") or NEVER) for each in (member, key)) and all(
        any((now or span.get(first, NEVER) <= on) and max(on, soon) <= (span.get(last) or NEVER) for on, soon in days)
        for span, first, last in ((member.get("term", key), "from", "to"), (key, "valid_from", "valid_to")))
def untimely(act: Said) -> bool:  # signed before its signer or key could, or dated ahead
    return bool(act["when"] > act["at"] + timedelta(minutes=10) or str(act["when"].date()) < max(act["member"]["term"]["from"], act["member"]["keys"][act["key"]]["valid_from"]))
def held_back(act: Said, earlier: Said) -> bool:  # signed before what its signer did earlier
    return bool(act["when"] < min(earlier["when"], earlier["at"]))
def last_day(act: Said, months: int) -> date:
    year, month = divmod((day := min(act["when"], act["at"]).date()).year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
class Case:  # what the law makes of one article
    def __init__(self, slug: str, branch: Branch) -> None:
        parts, self.front = manifest(f"{ARTICLES}{slug}.md", branch.head)
        self.text, self.law, self.branch = digest(parts), branch.policies[-1][1], branch
        self.board, self.needs = branch.boards[-1][1]["people"], self.law["classes"][self.front["class"]]
        self.proposed = any(each.startswith(f"{RECORDS}{slug}/") for each in {*tree(branch.head)} - {*branch.first})
        self.acts = sorted((act for act in branch.acts(slug) if act["article"] == slug and act["site"] in self.sites(act)), key=lambda act: act["arrival"])
        # The highest round that follows those below it. Of every text that history holds: its head, who changed it, and since when the branch held it.
        self.heads, self.changes, self.stood = {}, dict[str, list[tuple[str, int, set[str]]]](), dict[str, int]()
        seen = [(branch.head, late := len(branch.times)), *((branch.commits[at], at) for at in {e["arrival"][0] for e in self.acts})]
        for commit, at in seen:  # it grows
            with contextlib.suppress(*FAULTS):
                parts, front = manifest(f"{ARTICLES}{slug}.md", commit)
                if (text := digest(parts)) not in self.changes:
                    self.changes[text] = [*branch.changes(f"{ARTICLES}{slug}.md", parts)]
                    seen += [(each, late) for each, _, _ in self.changes[text]]
                    seen += [(branch.commits[at], at) for at in {at for _, at, _ in self.changes[text]} - {late}]
                self.heads[text], self.stood[text] = front, min(at, self.stood.get(text, at))
        self.highest = functools.reduce(lambda top, turn: max(top, turn if turn <= top + 1000 else 0), sorted(e["begun"][0] for e in self.acts), 0)
        proven = [act for act in self.acts[::-1] if act["act"] != "submit" and self.proven(act)]
        self.genuine = [*{act["path"]: act for act in proven}.values()][::-1]  # judged by what came before, where that is enough
        self.steps = [self.genuine[:end + 1] for end in range(len(self.genuine))]
        never, rights = {act["path"] for act in self.genuine if untimely(act)}, self.law["acts"]
        gone = {act["path"] for act in self.genuine if act["role"] not in rights.get(act["act"], [])}
        left = {act["path"] for act in self.genuine if not within(act, self.board.get(act["by"], {}), now=True)}
        self.void = {False: never, True: never | gone | left}  # what never counted, and what counts no longer
    def then(self, act: Said) -> Said:  # the policy in force when it came
        return next((each for since, each in self.branch.policies[::-1] if each and since < act["until"]), self.law)
    def sites(self, act: Said) -> set[str]:  # that it may name: that of then, and against a text any before
        return {self.then(act)["site"], *(each["site"] for since, each in self.branch.policies if act["against"] and each and since < act["until"])}
    def proven(self, act: Said) -> bool:  # that a member did it who might, by the board of then
        roles = act["member"].get("roles", []), self.then(act)["acts"].get(act["act"], [])
        return all(act["role"] in each for each in roles) and within(act, act["member"])
    def wrote(self, act: Said, base: set[str], text: str, *, now: bool) -> bool:  # by the board of then, or of now too
        members = [each for each in (act["member"], now and self.board.get(act["by"])) if each]
        own = {address.casefold() for each in members for address in each.get("git", [])}
        written = {name for author in self.heads.get(text, self.front)["authors"] for name in names(author)}
        # Nor may they bring the text behind their approval.
        until = max(act["arrival"][0], self.stood.get(text, len(self.branch.times)))
        return any(names(each) & written for each in members) or any(
            at <= until and own & hands and commit not in base
            for commit, at, hands in self.changes.get(text, self.changes[self.text]))
    def answered(self, act: Said, name: str, among: list[Said], cleared: str = "", *, now: bool = True) -> bool:  # for a text
        return any(name == "reinstate" or (each["by"] != act["by"] and not any(
                self.wrote(each, set(), text, now=now) for text in (cleared, act["manuscript"]))) for each in among
            if (each["act"], each.get("previous")) == (name, act["digest"]) and each["path"] not in self.void[now])
    def stopped(self, submit: Said, among: list[Said], until: tuple[int, datetime, str] | None = None) -> str:  # what stood against a round then, or still does that came until it was complete
        for place, act in enumerate(among, 1):
            turn, (number, text), came_later, now = act["begun"][0], submit["begun"], act["arrival"] > submit["arrival"], until is not None
            if act["act"] in DOWN and (number <= turn <= self.highest or came_later):
                return f"{act['by']} took it down"
            concerns = turn <= number or not until or act["arrival"] < until or act["manuscript"] == text
            later = (e for e in among[place:] if (e["act"], e["by"]) == ("review", act["by"]) and (turn <= e["begun"][0] or act["manuscript"] != text == e["manuscript"]))
            again = (e for e in later if e["manuscript"] == text or (
                act["manuscript"] != text and e["begun"][0] < number))
            lifted = self.answered(act, "overrule", among, text, now=now) or any(
                e["decision"] in OBJECTS or (e["path"] not in self.void[now] and not held_back(e, act)) for e in again)
            if act.get("decision") in OBJECTS and concerns and not lifted:
                return f"{act['by']} objects to it"
        return ""
    def counts(self, act: Said, submit: Said, base: set[str], *, now: bool) -> bool:  # from an independent judge
        asked, cleared = act.get("conflict_of_interest", {}), self.text if now else act["manuscript"]
        free = asked.get("none") == "true" or self.answered(act, "waive", self.genuine, cleared, now=now)
        opened = {e["digest"] for e in self.acts if e["act"] in {"submit", "assign"} and e["begun"] == submit["begun"]}
        barred = act["by"] == submit["by"] or self.wrote(act, base, submit["manuscript"], now=now) or any(  # or did not know
            e["arrival"] < submit["arrival"] and held_back(act, e) and (e["act"] in DOWN or ((e["act"], e["by"]) == ("review", act["by"]) and e["begun"][0] >= submit["begun"][0])) for e in self.genuine)
        fit = asked.get("declared") == "true" and free and act.get("previous") in opened and act["path"] not in self.void[now]
        return fit and not barred and not self.gaps(act)
    def gaps(self, act: Said) -> set[str]:  # audiences unnamed, and what the policy of then asked and nobody confirmed
        front = self.heads.get(act["manuscript"], {"audiences": [], "class": ""})
        asked = (self.law["classes"] | self.then(act)["classes"]).get(front["class"], {}).get("checklist", [])
        return {*front["audiences"]} - {*act.get("audiences", [])} | {*asked} - {*act.get("checklist", [])}
    def approvals(self, submit: Said, base: set[str], among: list[Said], *, now: bool) -> list[Said]:
        last = dict[str, Said]()  # each member's last word on the whole text
        for act in (each for each in among if (each["act"], each["begun"]) == ("review", submit["begun"])):
            if act["decision"] != "approve" or not held_back(act, last.get(act["by"], act)):
                last[act["by"]] = act
        return [act for act in last.values() if act["decision"] == "approve" and "light" not in act and self.counts(act, submit, base, now=now)]
    def suffice(self, found: list[Said], text: str, law: Said) -> bool:
        needs = law["classes"].get(self.heads.get(text, self.front)["class"], {"quorum": "21"})  # 20 are the most
        return len(found) >= max(1, int(needs["quorum"])) and all(any(each in act["member"][sort] for act in found)
            for sort in ("roles", "specialties") for each in needs.get(sort, []))
    def enough(self, submit: Said, base: set[str], among: list[Said], last: Said, *, now: bool) -> bool:
        return any(self.suffice(self.approvals(submit, base, among, now=now), submit["manuscript"], law) for law in (self.law, self.then(last)))
    def grants(self) -> list[tuple[Said, set[str], tuple[int, datetime, str], bool]]:  # submission, what was approved before, completion, if it holds
        found = list[tuple[Said, set[str], tuple[int, datetime, str], bool]]()
        begun = {act["begun"]: act for act in self.acts[::-1] if act["act"] == "submit" and act["begun"][0] <= self.highest}
        for submit in sorted(begun.values(), key=lambda act: (act["begun"][0], act["arrival"])):
            earlier = [e for e in found if e[2][0] <= submit["arrival"][0] and e[0]["manuscript"] in self.heads]
            base, still = ({commit for each in some for commit in self.branch.behind(each[0]["path"])}
                           for some in (earlier, [each for each in earlier if each[3]]))
            steps = (seen for seen in self.steps if not self.stopped(submit, seen))
            if last := next((seen[-1] for seen in steps if self.enough(submit, base, seen, seen[-1], now=False)), None):
                found.append((submit, still, last["arrival"], self.enough(submit, still, self.genuine, last, now=True)))
        return found
    def verdict(self, today: date) -> tuple[str, str]:  # and why
        if self.proposed or any(law["signatures"] != "required" for law in [self.law, *map(self.then, self.acts)]):
            return OPEN, "acts without signatures, or only proposed, are not looked at"
        for seen in self.steps:
            downs = [act for act in seen if act["act"] in DOWN and not self.answered(act, "reinstate", seen)]
            if len({act["by"] for act in downs if act["act"] == "retract"}) > 1 or (downs and seen == self.genuine):
                return REFUSED, "it was taken down"
        submit, base, until, _ = (self.grants() or [(None, set(), None, False)])[-1]
        if not submit:
            return REFUSED, "no round was ever complete"
        lights = {e["begun"] for e in self.genuine if "light" in e and self.then(e)["light_review"] == "true"} - {submit["begun"]}
        if any(number >= submit["begun"][0] for number, _ in lights):
            return OPEN, "whether a review of an edit alone is enough is not looked at"
        if submit["manuscript"] != self.text or self.stopped(submit, self.genuine, until):
            return REFUSED, self.stopped(submit, self.genuine, until) or "another text was approved last"
        found = [act for act in self.approvals(submit, base, self.genuine, now=True) if today <= last_day(act, int(self.needs["valid_months"])) + timedelta(int(self.needs["grace_days"]))]
        return (APPROVED, self.text) if self.suffice(found, self.text, self.law) else (REFUSED, "too few approvals count, or too old")
parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
parser.add_argument("--trust", default="")
parser.add_argument("--at", default=f"{datetime.now(UTC):{TIME}}")
asked, outcomes = parser.parse_args(), set[str]()
try:
    now = datetime.strptime(asked.at, TIME).replace(tzinfo=UTC)
    branch = Branch(asked.trust, int(now.timestamp()))
    for slug in (each[len(ARTICLES):-3] for each in tree(branch.head) if re.fullmatch(f"{ARTICLES}[^/]+[.]md", each)):
        try:
            outcome, said = Case(slug, branch).verdict(now.date())
        except FAULTS as fault:
            outcome, said = REFUSED, f"{type(fault).__name__}: {fault}".split("\n")[0]
        outcomes.add(outcome)
        print(urllib.parse.quote(slug, errors="replace"), f"{outcome}: {''.join(filter(str.isprintable, said))}")
except (OSError, ValueError, subprocess.SubprocessError) as fault:
    parser.exit(2, f"could not look: {fault}\n")
sys.exit(outcomes != {APPROVED})
