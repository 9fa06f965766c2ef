/** File in DATA_DIR with the generated key, for operators who did not copy it from the terminal. */
export const FIRST_API_KEY_FILE = 'first-api-key';
