import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressed } from './build/compressed.ts'
import { lightRoutes } from './build/light-routes.ts'

/** Where `npm run dev` finds the API. */
const API = process.env.OFFTAKE_URL ?? 'http://127.0.0.1:7420'

export default defineConfig({
  plugins: [lightRoutes(), react(), compressed()],
  // The price tables of a portfolio are read by what-ifs as well, where there is no Node.js.
  resolve: { alias: { 'csv-parse/sync': 'csv-parse/browser/esm/sync' } },
  html: { cspNonce: '__NONCE__' },
  build: {
    target: 'es2023',
    // A style or a picture within a script or a document would need a weaker policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/v1': API, '/openapi.json': API, '/readyz': API } },
})
