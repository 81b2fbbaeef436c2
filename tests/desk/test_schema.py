"""``imprimatur schema`` prints what text editors complete and explain files by."""

from __future__ import annotations

import json

import jsonschema
import pytest
import yaml

from conftest import POLICY
from imprimatur.editorial.schemas import SCHEMAS


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_schema_is_a_sound_schema(site, name):
    done = site.imprimatur("schema", name)
    assert done.returncode == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(done.stdout))


def test_the_schema_of_the_policy_takes_a_policy_and_refuses_a_slip(site):
    schema = json.loads(site.imprimatur("schema", "policy").stdout)
    policy = yaml.safe_load(POLICY)
    jsonschema.validate(policy, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**policy, "signature": "none"}, schema)


def test_an_unknown_name_is_answered_with_those_there_are(site):
    done = site.imprimatur("schema", "bord")
    assert done.returncode == 2
    names = "'board', 'policy', 'site', 'act', 'manuscript'"
    assert f"'bord' is not one of {names}." in " ".join(done.stderr.split())


def test_a_schema_is_printed_outside_of_any_site(tmp_path, site):
    done = site.imprimatur("-C", str(tmp_path), "schema", "act")
    assert done.returncode == 0
