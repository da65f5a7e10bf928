/** Where the site's source lives, and its issues. */
export const REPOSITORY = 'https://github.com/anhinga/JuliaCon2021-poster';
