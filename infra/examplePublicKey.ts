/** A public key for checks, the bill and the drawing: its private half was thrown away when it was made. */
export const EXAMPLE_PUBLIC_KEY = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwdnmCmdjWfgt7yI/2pHy
kLKbkq0zhANzhXYIm6ykacbjehlKwoMVLJ4QBx20vf+5vm+hAkwC4WHj6J9hb5BN
iQ5v7n1q9ImD4KwfaKLZrUf1vL4inaWx7yaQYFVl4DBuZihcnkEhT1RWel163XyG
/R59keNAB7yauQtf9N6xPoyPo8w7jV5rv2dM144IIepamQjb9YsiA/TbHq9MoWou
iRwiigRJpdDa4CF43Sp+42SNHUbabH1UPRwzXlzHPCze2tauyB52tMHyw9ithBnr
giPaU6O7zMnllgLHl7dlRUPAXfe2ZsCO7LJRLlqcevveeUKtEjWLWcELHNQ3gQpZ
zwIDAQAB
-----END PUBLIC KEY-----
`;
