// Before any schema is made.
import '../shared/protocol/without-eval.ts';
import './styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { startWindow } from './start-window.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element #root');
startWindow();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
