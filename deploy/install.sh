#!/bin/sh
# Builds Offtake from its source into a folder that needs nothing else but Node: install.sh SOURCE TARGET
set -eu

source=$(cd "$1" && pwd)
target=$2

if [ -e "$target" ] && [ -n "$(ls -A "$target")" ]; then
  echo "install.sh: $target is not empty" >&2
  exit 1
fi
mkdir -p "$target"
cd "$source"
# What is kept in the repository or is new in it, and nothing that was built.
tar -cf - \
  --exclude=node_modules --exclude=dist --exclude=.git --exclude=.offtake --exclude='*.tsbuildinfo' \
  LICENSE README.md CHANGELOG.md docs examples package.json package-lock.json packages tools tsconfig.base.json tsconfig.json |
  tar -xf - -C "$target"
cd "$target"
npm ci --no-audit --no-fund
node tools/setup.mjs
# The tools that build it are not needed to run it.
npm prune --omit=dev --no-audit --no-fund
node packages/cli/bin/offtake.js --version
