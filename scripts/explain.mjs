// `npm run explain -- file.ts`: tsgrad explain, from the folder where the user is.

import { run } from '../dist/command/run.js'

// npm starts scripts in the folder of package.json
process.chdir(process.env.INIT_CWD ?? process.cwd())
process.exitCode = await run(['explain', ...process.argv.slice(2)])
