#!/usr/bin/env node
import { main } from '../dist/cli/main.js';

// No process.exit(): what is still on its way to a pipe must arrive.
process.exitCode = await main(process.argv.slice(2));
