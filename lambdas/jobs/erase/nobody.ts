/** Stands for whose account is gone, in what stays: no member's id. */
export const NOBODY = 'deleted';
