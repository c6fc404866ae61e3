import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import files from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const NONCE_BYTES = 16

/** What the pages' own file has in the place of a nonce. */
const NONCE_PLACE = /__NONCE__/g

/** Shows the page of a path: what a browser asks for to look at, and the API has no route for; says whether it did. */
export type ShowPage = (request: FastifyRequest, reply: FastifyReply) => Promise<boolean>

/**
 * Serves the web application of a folder: its files, whose names change with what is in them, and for every path of a page the one
 * document, with a policy under which nothing runs and nothing is asked but what is ours.
 */
export function servePages(api: FastifyInstance, folder: string): ShowPage {
  const document = readFile(join(folder, 'index.html'), 'utf8')
  // Who asks for it is told; that nobody has asked yet ends no server.
  document.catch(() => undefined)
  api.register(files, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    preCompressed: true,
    immutable: true,
    maxAge: '365d',
    index: false,
    decorateReply: false,
    setHeaders: (reply) => reply.setHeader('x-content-type-options', 'nosniff'),
  })
  return async (request, reply) => {
    if (!isPage(request)) return false
    const text = await document
    const nonce = randomBytes(NONCE_BYTES).toString('base64')
    reply
      .code(200)
      .headers({
        'content-security-policy': policyWith(nonce),
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      })
      .type('text/html; charset=utf-8')
      .send(text.replaceAll(NONCE_PLACE, nonce))
    return true
  }
}

function isPage({ method, url, headers }: FastifyRequest): boolean {
  if (method !== 'GET' || /^\/(?:v1|assets)(?:[/?]|$)/.test(url)) return false
  return headers.accept?.includes('text/html') ?? false
}

function policyWith(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
