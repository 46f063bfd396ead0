using SignalLab.Formats.Mat;
using SignalLab.Model;

namespace SignalLab.Formats.Eeglab;

/// <summary>The fields of a dataset: members of a structure <c>EEG</c>, or variables of the file itself (as EEGLAB writes since 2021).</summary>
/// <param name="path">The file.</param>
/// <param name="field">Finds a field.</param>
internal sealed class EeglabFields(string path, Func<string, MatValue?> field)
{
    public string Path { get; } = path;

    /// <summary>A field's value, or null where the dataset has no such field.</summary>
    /// <param name="name">The field.</param>
    public MatValue? this[string name] => field(name);

    /// <summary>Finds the dataset in a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="MalformedFileException">It is damaged or holds no dataset.</exception>
    public static EeglabFields Open(string path)
    {
        var file = MatFile.Open(path);
        if (file["EEG"] is MatStruct { Count: > 0 } dataset)
        {
            return new(path, name => dataset.Field(0, name));
        }

        return file.Names.Contains("srate") && file.Names.Contains("data")
            ? new(path, name => file[name])
            : throw new MalformedFileException(path, null, "variables", $"\"{string.Join(", ", file.Names)}\"", "a structure \"EEG\", or its fields data, nbchan, pnts, srate");
    }

    /// <summary>A whole number that must be there.</summary>
    /// <param name="name">The field.</param>
    /// <param name="least">Smallest value that makes sense.</param>
    public int Whole(string name, int least) => this[name].AsNumber() switch
    {
        { } value when value == Math.Floor(value) && value >= least && value <= int.MaxValue => (int)value,
        { } value => throw Fault(name, FormattableString.Invariant($"{value}"), FormattableString.Invariant($"a whole number of at least {least}")),
        null => throw Fault(name, "nothing", "a whole number"),
    };

    public MalformedFileException Fault(string name, string found, string expected) => new(Path, null, name, found, expected);
}
