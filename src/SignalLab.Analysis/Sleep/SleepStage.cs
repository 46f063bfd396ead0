using System.Text.RegularExpressions;

namespace SignalLab.Analysis.Sleep;

/// <summary>Stages of sleep. Source: AASM Manual for the Scoring of Sleep, version 2, chapter IV.</summary>
public enum SleepStage
{
    /// <summary>Wake.</summary>
    Wake,

    /// <summary>Rapid eye movements.</summary>
    Rem,

    /// <summary>Non-REM 1.</summary>
    N1,

    /// <summary>Non-REM 2.</summary>
    N2,

    /// <summary>Non-REM 3 (stages 3 and 4 of Rechtschaffen and Kales).</summary>
    N3,
}

/// <summary>Stages as annotations name them.</summary>
public static partial class SleepStages
{
    /// <summary>The stage that a text names: <c>Sleep stage N2</c> (EDF+ standard texts), <c>N2</c>, <c>Stage 2</c>, <c>REM</c>.</summary>
    /// <param name="text">An annotation's text.</param>
    /// <returns>The stage, or null where the text names none.</returns>
    public static SleepStage? Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Name().Match(text) is not { Success: true } match ? null : match.Groups[1].Value.ToUpperInvariant() switch
        {
            "W" or "WAKE" => SleepStage.Wake,
            "R" or "REM" => SleepStage.Rem,
            "1" or "N1" => SleepStage.N1,
            "2" or "N2" => SleepStage.N2,
            _ => SleepStage.N3,
        };
    }

    /// <summary>The manual's symbol: W, R, N1, N2, N3.</summary>
    /// <param name="stage">The stage.</param>
    public static string Symbol(SleepStage stage) => stage switch { SleepStage.Wake => "W", SleepStage.Rem => "R", _ => stage.ToString() };

    // A bare number is no stage, "Stage 2" is.
    [GeneratedRegex(@"^\s*(?:(?:sleep )?stage )(W|N1|N2|N3|R|[1-4]|REM|wake)\s*$|^\s*(?<1>W|R|N1|N2|N3|REM|wake)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
