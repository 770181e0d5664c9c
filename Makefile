# Thin on purpose: the work is in scripts/, one small file each.
.DEFAULT_GOAL := help
.PHONY: help demo build package torture test lint bench bench-compare golden real-data assets setup fmt e2e

help: ## what you can ask for
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-14s %s\n", $$1, $$2 }'

demo: build ## a working county in your browser, by one command
	target/release/bihuan demo xingyang

build: assets ## the binary, at target/release/bihuan
	cargo build --release --locked -p bihuan-cli

assets: ## style sheets and scripts, bundled into crates/web/dist
	scripts/npm.sh
	node scripts/assets.mjs

test: ## everything: lints, both databases, scripts, browser journeys
	scripts/setup.sh
	scripts/test.sh

lint: assets ## formatting, clippy, types
	scripts/lint.sh

fmt: ## put the code into its format
	cargo fmt --all

bench: assets ## intake, papers and the screens of a large county, each beside a baseline in the same run
	cargo bench --locked -p bihuan-store --bench intake
	cargo bench --locked -p bihuan-cli --bench traffic
	cargo bench --locked -p bihuan-documents --bench papers
	cargo bench --locked -p bihuan-web --bench screens

bench-compare: ## two runs of the screens: make bench-compare A=target/bench/x.json B=target/bench/y.json
	node scripts/bench-compare.mjs "$(A)" "$(B)"

package: build ## a Debian package, in target/package
	scripts/package.sh

torture: ## what must survive, long: the server killed a hundred times under load
	BIHUAN_TORTURE_ROUNDS=100 cargo test --locked -p bihuan-cli --test cli -- killed --nocapture

golden: assets ## write the golden files anew; read the difference before committing it
	scripts/golden.sh

e2e: assets ## browser journeys only
	scripts/e2e.sh

real-data: build ## import the real files: make real-data DIR=../data
	scripts/real-data.sh "$(DIR)"

setup: ## what tests need from Debian and npm; quick when all is there
	scripts/setup.sh
