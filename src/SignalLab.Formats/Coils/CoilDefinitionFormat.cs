using System.Globalization;
using System.Text.RegularExpressions;
using SignalLab.Formats.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Coils;

/// <summary>Coil definitions (<c>coil_def.dat</c>): the points at which the field is taken to integrate over each type of coil.</summary>
/// <remarks>Source: the description at the head of such a file; MNE manual, "The coil definition file".</remarks>
public sealed partial class CoilDefinitionFormat : IFormat
{
    private const int PointNumbers = 7;

    /// <inheritdoc/>
    public string Name => "Coil definitions";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return WordRows.Of(head).Rows.FirstOrDefault() is { Text: { } first } && Heading().IsMatch(first);
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var text = WordRows.Read(path, "coil definitions");
        var definitions = new List<CoilDefinition>();
        using var rows = text.Rows.GetEnumerator();
        while (rows.MoveNext())
        {
            definitions.Add(ReadOne(text, rows));
        }

        return definitions.Count > 0
            ? new Study { CoilDefinitions = definitions, Format = Name }
            : throw new MalformedFileException(path, 0, "coil", "no definition", "at least one coil");
    }

    private static CoilDefinition ReadOne(WordRows text, IEnumerator<WordRow> rows)
    {
        var heading = rows.Current;
        if (Heading().Match(heading.Text) is not { Success: true } match)
        {
            throw text.Fault(heading, "coil", "class, number, accuracy, points, size, baseline and a description in quotes");
        }

        double Number(string group) => double.TryParse(match.Groups[group].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw text.Fault(heading, "coil", $"a number as {group}");
        var (type, count) = ((int)Number("id"), (int)Number("points"));
        var (coilClass, accuracy) = ((CoilClass)(int)Number("class"), (CoilAccuracy)(int)Number("accuracy"));
        if (!Enum.IsDefined(coilClass) || !Enum.IsDefined(accuracy) || count < 1)
        {
            throw text.Fault(heading, "coil", "a class from 1 to 4, an accuracy from 0 to 2 and at least one point");
        }

        var points = new List<CoilPoint>();
        while (points.Count < count)
        {
            if (!rows.MoveNext())
            {
                throw text.Fault(heading, "points of the coil", FormattableString.Invariant($"{count} of them; the file ends after {points.Count}"));
            }

            points.Add(rows.Current.Numbers() is { Length: PointNumbers } n && new Point3(n[4], n[5], n[6]) is { Norm: > 0 } normal
                ? new(n[0], new(n[1], n[2], n[3]), normal.Unit())
                : throw text.Fault(rows.Current, "point of a coil", "weight, position and a normal: seven numbers"));
        }

        return new(type, coilClass, accuracy, Number("size"), Number("baseline"), points, match.Groups["description"].Value);
    }

    [GeneratedRegex(
        @"^\s*(?<class>\d{1,2})\s+(?<id>\d{1,8})\s+(?<accuracy>\d{1,2})\s+(?<points>\d{1,6})\s+(?<size>[-+.\deE]+)\s+(?<baseline>[-+.\deE]+)\s+""(?<description>[^""]*)""\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Heading();
}
