#!/usr/bin/env node
import { writeTemplate } from '../dist/store/template.js'

// Written beside the program when that is built, so that a first start need not make a database from nothing.
await writeTemplate()
