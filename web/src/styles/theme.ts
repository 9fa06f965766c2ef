import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const accent: MantineColorsTuple = [
  '#EBF0FE',
  '#D6E0FD',
  '#B3C5FB',
  '#93AEFF',
  '#6C8FFF',
  '#4F76F2',
  '#4068E6',
  '#2A52D4',
  '#2347BC',
  '#1B3896',
];

/** The component library's theme. Colours come from styles/tokens.css; see `cssVariablesResolver`. */
export const theme = createTheme({
  colors: { accent },
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  fontFamily: 'var(--hb-sans)',
  fontFamilyMonospace: 'var(--hb-mono)',
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '14px', xl: '16px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '6px', md: '10px', lg: '14px', xl: '14px' },
  defaultRadius: 'sm',
  respectReducedMotion: true,
});

/** Makes the component library use the tokens, in both colour schemes. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: TOKENS,
  dark: TOKENS,
});

const TOKENS = {
  '--mantine-color-body': 'var(--hb-bg)',
  '--mantine-color-text': 'var(--hb-text)',
  '--mantine-color-dimmed': 'var(--hb-text-3)',
  '--mantine-color-placeholder': 'var(--hb-text-3)',
  '--mantine-color-default': 'var(--hb-surface)',
  '--mantine-color-default-hover': 'var(--hb-hover)',
  '--mantine-color-default-color': 'var(--hb-text)',
  '--mantine-color-default-border': 'var(--hb-line)',
  '--mantine-color-error': 'var(--hb-bad)',
  '--mantine-color-anchor': 'var(--hb-accent-text)',
};
