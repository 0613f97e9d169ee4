/** How many authors the crash writer's items go round among. */
export const AUTHORS = 7;
