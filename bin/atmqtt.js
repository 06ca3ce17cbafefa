#!/usr/bin/env node
import { main } from '../dist/cli/main.js';

// No process.exit(): what is still on its way to a pipe must arrive.
const exitCode = await main(process.argv.slice(2));
// A help that could not be written has set it already.
if (exitCode !== 0) process.exitCode = exitCode;
