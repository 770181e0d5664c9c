#!/usr/bin/env bash
# Imports real service requests and messages into a new, empty county and verifies the journal after:
# make real-data DIR=../data. The files are not ours to ship; maps/ says how each is read.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=${1:?say where the files are: make real-data DIR=../data}
work=$(mktemp --directory)
trap 'rm --recursive --force "$work"' EXIT

bihuan() { target/release/bihuan "$@" --data "$work/county"; }

bihuan playbook apply playbooks/xingyang
bihuan import "$folder/requests311/stlouis_2018_01.csv" --map maps/stlouis.toml
bihuan import "$folder/requests311/boston_2015h1.csv.gz" --map maps/boston.toml
bihuan import "$folder/messages/stream_4326.csv" --map maps/stream.toml
bihuan verify

# A copy agrees with itself; one in which a single line was left out must not.
bihuan export --journal "$work/journal.jsonl"
target/release/bihuan verify "$work/journal.jsonl"
sed --in-place '1000d' "$work/journal.jsonl"
if target/release/bihuan verify "$work/journal.jsonl" > "$work/faults"; then
  echo "a copy without its line 1000 was taken for sound" >&2
  exit 1
fi
echo "a copy without its line 1000 is refused:"
head --lines=5 "$work/faults"
