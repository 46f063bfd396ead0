namespace SignalLab.Formats.Delimited;

/// <summary>What stands between the cells of a row.</summary>
public enum Delimiter
{
    /// <summary>Comma-separated values (RFC 4180).</summary>
    Comma,

    /// <summary>Tab-separated values.</summary>
    Tab,
}
