# `make demo` and `make test` each work as the first command on a fresh Debian machine with Swift.
SHELL := /bin/bash
# Programs that hosts run have the Swift runtime inside and leave out what they do not use: functions stand in sections of
# their own, no symbol is offered to others, equal code is kept once, and relocations are packed. Nothing is unwound in
# Swift, so its functions have no tables for that (C++'s keep theirs: libzmq throws and catches).
RELEASE := -c release --static-swift-stdlib -Xswiftc -gnone \
  -Xswiftc -Xfrontend -Xswiftc -function-sections -Xcc -ffunction-sections -Xcc -fdata-sections \
  -Xswiftc -Xllvm -Xswiftc -force-attribute=nounwind \
  -Xswiftc -use-ld=lld -Xlinker --gc-sections -Xlinker --icf=all -Xlinker -O2 \
  -Xlinker -z -Xlinker pack-relative-relocs -Xlinker --version-script=$(CURDIR)/scripts/hidden-symbols.map
SOURCES := Package.swift Sources Tests

.PHONY: help setup build release test lint format bench fuzz docs demo lab-up lab-down lab-check lab-states lab-files lab-formulas dist clean

help:
	@echo 'make demo      three real hosts: enrol, query, patch, restart, rotate, one page of results'
	@echo 'make test      all tests'
	@echo 'make setup build release lint format bench fuzz docs lab-up N=3 lab-down lab-check lab-states lab-files lab-formulas dist clean'

setup:
	@scripts/system-packages

build: setup
	swift build

release: setup
	swift build $(RELEASE) --product brine
	swift build $(RELEASE) --product brine-minion

# The tests start real processes, so the programs are built with them.
test: setup
	swift build --build-tests
	@scripts/check-minion .build/debug/brine-minion
	@scripts/check-tests

lint:
	@swift format lint --strict --parallel --recursive $(SOURCES)
	@scripts/check-docs

format:
	swift format --in-place --parallel --recursive $(SOURCES)

# docs/functions.md and docs/state-modules.md are made from the programs' own registry.
docs: setup
	swift build --product brine
	.build/debug/brine docs --markdown > docs/functions.md
	.build/debug/brine docs --markdown-states > docs/state-modules.md

bench: release
	swift build $(RELEASE) --product brine-bench
	scripts/bench

# Damaged texts for what reads texts: SECONDS for each subject, FUZZ="jinja yaml" for some of them.
SECONDS := 600
FUZZ := jinja yaml compiler json messagepack messages targeting jmespath pillar sealed files configuration
fuzz: setup
	swift build $(RELEASE) --product brine-fuzz
	@for subject in $(FUZZ); do \
	  .build/release/brine-fuzz $$subject --seconds $(SECONDS) --seed $(or $(SEED),1) --corpus Tests/JinjaTests/Cases \
	    --corpus Tests/StatesTests/Cases || exit 1; done

demo:
	@scripts/system-packages lab
	@$(MAKE) --no-print-directory release
	@BRINE_BIN=.build/release scripts/demo

lab-up:
	@scripts/system-packages lab
	@Tests/Lab/lab up $(or $(N),3)

lab-down:
	@Tests/Lab/lab down

lab-formulas: release
	@scripts/system-packages lab
	@BRINE_BIN=.build/release Tests/Lab/check-formulas $(FORMULAS)

lab-files: release
	@BRINE_BIN=.build/release Tests/Lab/check-files

lab-check: release
	@scripts/system-packages lab
	@BRINE_BIN=.build/release Tests/Lab/check

lab-states: release
	@scripts/system-packages lab
	@BRINE_BIN=.build/release Tests/Lab/check-states
	@BRINE_BIN=.build/release Tests/Lab/check-packages

dist: release
	@mkdir -p dist
	@for program in brine brine-minion; do \
	  cp .build/release/$$program dist/ && strip dist/$$program; done
	@scripts/check-minion .build/release/brine-minion
	@scripts/check-minion dist/brine-minion
	@cp packaging/*.service dist/
	@ls -l dist

clean:
	rm -rf .build dist
