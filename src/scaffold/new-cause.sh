#!/usr/bin/env bash
# Scaffolds a new cause: its two pages, its rules and its cases, each with what to fill in. The build refuses what still says TODO.
# usage: src/scaffold/new-cause.sh ID FAMILY STEP     for example: src/scaffold/new-cause.sh stale-cache data 3.data
set -euo pipefail
[ $# -eq 3 ] || { sed -n '2,3p' "$0" | cut -c3- >&2; exit 2; }
id="$1" family="$2" step="$3"
root="$(cd "$(dirname "$0")/../.." && pwd)"
[[ "$id" =~ ^[a-z][a-z0-9-]*$ ]] || { echo "new-cause: the id has to be kebab-case, such as stale-cache" >&2; exit 2; }
[ -d "$root/knowledge-base/causes/$family" ] || { echo "new-cause: no family '$family'; there are: $(ls "$root/knowledge-base/causes" | xargs)" >&2; exit 2; }
grep -q "^- id: $step\$" "$root/knowledge-base/steps.yaml" || { echo "new-cause: no step '$step'; there are: $(sed -n 's/^- id: //p' "$root/knowledge-base/steps.yaml" | xargs)" >&2; exit 2; }
page="$root/knowledge-base/causes/$family/$id.md"
[ ! -e "$page" ] || { echo "new-cause: $id exists already" >&2; exit 2; }
title="$(echo "${id//-/ }" | sed 's/^./\U&/')"

cat > "$page" <<END
---
family: $family
step: $step
prior: occasional
leads-to: []
mistaken-for: []
confirm: minutes
repair: retrain
---
# $title

TODO one sentence: what it is.

## What it looks like
TODO

## Why it happens
TODO

## How to confirm
TODO the cheapest experiment, with the outcome that confirms and the one that clears.

## How to repair
TODO

### PyTorch
\`\`\`python
\`\`\`

### Keras
\`\`\`python
\`\`\`

### MindSpore
\`\`\`python
\`\`\`

## Mistaken for

## References
END

cat > "${page%.md}.zh.md" <<END
# TODO

TODO

## 表现
TODO

## 原因
TODO

## 如何确认
TODO

## 如何修复
TODO

## 易混淆
END

rules="$root/rules/causes/$family/$id.drl"
mkdir -p "${rules%/*}"
cat > "$rules" <<END
package org.aitia.rules.causes.$family;

import org.aitia.reasoning.fact.Symptom;

global org.aitia.reasoning.inference.Conclusion conclusion;

// TODO why this is evidence: the mechanism
rule "$id: TODO what it sees"
  @for($id: moderate) @kind(magnitude) @sees(TODO)
when
  Symptom(id == "TODO")
then
  insertLogical(conclusion.claims());
end
END

cases="$root/knowledge-base/cases/$id.yaml"
cat > "$cases" <<END
# TODO what is known of it in the world, in a line
- name: TODO the facts that make it likely
  given: {TODO-measure: 1}
  expect: moderate
  near:
    # TODO the near miss, which must not make it likely
    - {without: TODO-measure, expect: nothing}
- name: TODO the sibling that has to win instead
  like: short-of-target
  given: {TODO-measure: 1}
  expect: {first: TODO, probability: below .2}
- name: TODO the healthy run that looks like it
  like: healthy-run
  given: {TODO-measure: 1}
  expect: {verdict: healthy, probability: below .05}
END
cat <<END
Made, each with TODO where something is to be filled in:
  ${page#"$root"/}
  knowledge-base/causes/$family/$id.zh.md
  ${rules#"$root"/}
  ${cases#"$root"/}
The build names what is still missing: mvn test
END
