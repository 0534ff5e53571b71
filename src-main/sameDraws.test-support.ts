import fc from 'fast-check';

// Every run draws the same, so that a failure is the change's and not the day's. `npm run test:soak` draws anew, and more.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_261_122 });
