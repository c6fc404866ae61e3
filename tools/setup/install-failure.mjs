import { tailOf } from './run.mjs'

/**
 * What npm's failure means, in one line, and its last words.
 * @param {number} code
 * @param {string} output
 */
export function explainFailure(code, output) {
  if (code === 127) return 'npm was not found; it comes with Node and must be on the PATH'
  const noNetwork = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED/.test(
    output,
  )
  const advice = noNetwork
    ? 'npm could not reach its registry. The first setup needs a network; later ones do not.'
    : 'npm could not install the packages.'
  const said = output.split('\n').filter((line) => !/^npm (?:warn|error\s+at )/.test(line))
  return `${advice} It said:\n${tailOf(said.join('\n'), 15)}`
}
