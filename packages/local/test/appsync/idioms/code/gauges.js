export const request = () => ({ payload: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] });
export const response = (ctx) => ctx.result;
