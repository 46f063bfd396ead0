namespace SignalLab.UiTests;

/// <summary>axe-core, run on the page as it is. Its .NET wrapper is of an older WebDriver: only the script that it carries is used.</summary>
internal static class Axe
{
    private static readonly string Script = Load();

    /// <summary>Serious and critical faults, a line each; empty where there is none.</summary>
    public static string SeriousFaults(Station station)
    {
        station.Driver.ExecuteScript(Script);
        station.Async("""
            axe.run(document, { resultTypes: ['violations'] }).then(found => {
              window.faults = found.violations.filter(v => ['serious', 'critical'].includes(v.impact)).map(v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 4).map(n => n.html).join(' | ')}`).join('\n');
              done();
            });
            """);
        return station.Get<string>("return window.faults");
    }

    private static string Load()
    {
        using var stream = System.Reflection.Assembly.Load("Selenium.Axe").GetManifestResourceStream("Selenium.Axe.Resources.axe.min.js")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
