/** What an empty cell says. */
export const INVITATION = 'Write Julia here: mandrill * mandrill, say';
