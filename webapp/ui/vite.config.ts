import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  build: {
    // The content security policy forbids data: scripts and fonts; every asset stays a file.
    assetsInlineLimit: 0,
    emptyOutDir: true,
    target: 'es2023',
  },
  server: {
    proxy: { '/api': 'http://localhost:3030' },
  },
});
