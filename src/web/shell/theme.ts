import { createTheme, type MantineColorsTuple } from "@mantine/core"

const FONTS =
  '"Noto Sans TC", "Noto Sans CJK TC", "Microsoft JhengHei UI", "Microsoft JhengHei", "PingFang TC", sans-serif'

/** The one accent; shade 7 carries white text at 6:1. */
const INK: MantineColorsTuple = [
  "#eef4f8",
  "#dae7f0",
  "#b7cfdf",
  "#8fb5cd",
  "#79a8c5",
  "#5289ae",
  "#3b759d",
  "#2a628a",
  "#204f70",
  "#163c57",
]

export const theme = createTheme({
  colors: { ink: INK },
  primaryColor: "ink",
  primaryShade: 7,
  fontFamily: FONTS,
  headings: { fontFamily: FONTS, fontWeight: "600" },
  fontSizes: { xs: "0.8125rem", sm: "0.9375rem", md: "1rem", lg: "1.125rem", xl: "1.25rem" },
  defaultRadius: "sm",
  respectReducedMotion: true,
  components: {
    // Its header is not the page's banner.
    Modal: { defaultProps: { attributes: { header: { role: "presentation" } } } },
    Drawer: { defaultProps: { attributes: { header: { role: "presentation" } } } },
  },
})
