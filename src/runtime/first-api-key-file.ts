/** File in DATA_DIR that keeps the generated key for whoever did not copy it from the terminal. */
export const FIRST_API_KEY_FILE = 'first-api-key';
