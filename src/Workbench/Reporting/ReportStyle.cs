namespace SpeechEmotion.Reporting;

/// <summary>Style sheet and script of the pages.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root{--paper:#fff;--ink:#1b1f24;--soft:#57606a;--rule:#d8dee4;--panel:#f6f8fa;--link:#0b5cad;
          --good:#e6f4ea;--good-ink:#14532d;--warn:#fff4d6;--warn-ink:#5c4100;--bad:#fde8e7;--bad-ink:#8c1d18}
        @media (prefers-color-scheme:dark){:root{--paper:#0f1317;--ink:#e6e9ec;--soft:#a4adb6;--rule:#30373e;--panel:#181d22;--link:#7cb7f2;
          --good:#12301d;--good-ink:#b6e6c5;--warn:#382c08;--warn-ink:#f5dd9a;--bad:#411715;--bad-ink:#ffc9c5}}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--paper);color:var(--ink);
          font:17px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Liberation Sans",Arial,sans-serif}
        main{max-width:1120px;margin:0 auto;padding:2.5rem 1.25rem 4rem}
        .eyebrow{margin:0;color:var(--soft);font-size:.85rem;letter-spacing:.04em}
        h1{font-size:clamp(1.5rem,1.1rem + 1.6vw,2.2rem);line-height:1.22;margin:.2rem 0 1.4rem;text-wrap:balance}
        h2{font-size:1.35rem;line-height:1.3;margin:3rem 0 .6rem;padding-top:1.1rem;border-top:1px solid var(--rule)}
        h3{font-size:1.05rem;margin:1.8rem 0 .4rem}
        p,ul{max-width:46rem}
        .finding{font-size:1.2rem;line-height:1.5;margin:.7rem 0}
        .note{margin:.8rem 0;padding:.75rem 1rem;border-radius:8px;background:var(--panel);max-width:none}
        .note strong{display:block}
        .good{background:var(--good);color:var(--good-ink)}
        .warn{background:var(--warn);color:var(--warn-ink)}
        .bad{background:var(--bad);color:var(--bad-ink)}
        .scroll{overflow-x:auto;margin:1rem 0 1.4rem}
        .scroll:focus-visible{outline:2px solid var(--link);outline-offset:2px}
        table{border-collapse:collapse;font-size:.92rem;font-variant-numeric:tabular-nums}
        caption{text-align:left;color:var(--soft);padding:0 0 .45rem;font-size:.88rem;position:sticky;left:0;contain:inline-size}
        caption span{display:block;width:max-content;max-width:min(1080px,calc(100vw - 2.5rem))}
        th,td{padding:.42rem .75rem .42rem 0;text-align:left;border-bottom:1px solid var(--rule);vertical-align:top;white-space:nowrap}
        thead th{color:var(--soft);font-weight:600;border-bottom-width:2px;vertical-align:bottom}
        tbody th{font-weight:600}
        .n{text-align:right;padding-left:.6rem}
        .n+:not(.n){padding-left:.6rem}
        .below{display:block;color:var(--soft);font-size:.84em}
        .facts td{white-space:normal;overflow-wrap:anywhere}
        .grid{display:grid;gap:1.2rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr))}
        figure{margin:1rem 0 0;min-width:0}
        .grid figure{margin:0}
        figcaption{font-size:.95rem;font-weight:600;margin-bottom:.2rem}
        .plot{width:100%}
        code,pre{font:.86rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
        pre{background:var(--panel);padding:.8rem 1rem;border-radius:8px;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere}
        @media (max-width:1120px){th,td{padding-right:.4rem}}
        @media (max-width:600px){body{font-size:16px}main{padding:1.5rem 1rem 3rem}.finding{font-size:1.08rem}}
        @media print{main{max-width:none}figure,tr{break-inside:avoid}
          .plot text:not(.annotation-text){fill:#1b1f24!important}}
        """;

    /// <summary>Draws every chart in the page's colours, and redraws it when the reader changes between light and dark.</summary>
    public const string Script = """
        (() => {
          const dark = matchMedia("(prefers-color-scheme: dark)");
          const theme = layout => {
            const style = getComputedStyle(document.documentElement);
            const ink = style.getPropertyValue("--ink").trim(), rule = style.getPropertyValue("--rule").trim();
            const axis = old => Object.assign({}, old, {title: Object.assign({standoff: 10, font: {size: 13}}, old.title),
              gridcolor: rule, linecolor: rule, zeroline: false, automargin: true, fixedrange: true});
            const themed = Object.assign({}, layout, {paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", autosize: true,
              font: {color: ink, size: 13, family: getComputedStyle(document.body).fontFamily},
              xaxis: axis(layout.xaxis), yaxis: axis(layout.yaxis)});
            return themed;
          };
          // A legend grows by rows where a page is narrow; the chart grows with it, so that the plot keeps its height.
          const fit = place => {
            const rows = place._fullLayout?.legend?._height ?? 0, height = `${place.own + Math.max(0, Math.round(rows) - 30)}px`;
            if (place.style.height === height) return;
            place.style.height = height;
            Plotly.Plots.resize(place);
          };
          const draw = () => document.querySelectorAll("div.plot").forEach(place => {
            const figure = JSON.parse(place.nextElementSibling.textContent);
            Plotly.react(place, figure.data, theme(figure.layout), {responsive: true, displaylogo: false, displayModeBar: false});
            if (place.own) return;
            place.own = parseFloat(place.style.height);
            place.on("plotly_afterplot", () => fit(place));
            fit(place);
          });
          draw();
          dark.addEventListener("change", draw);
        })();
        """;
}
