import { config } from 'zod/v4/core';

// The page's security policy forbids making code out of text, which zod otherwise tries for speed.
config({ jitless: true });
