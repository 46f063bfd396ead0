using System.Globalization;
using SignalLab.Formats.Labels;
using SignalLab.Formats.Text;
using SignalLab.Model;

namespace SignalLab.Formats.NihonKohden;

/// <summary>Names of the amplifier's inputs: those of the <c>.21E</c> file, else the system's own.</summary>
internal sealed class ElectrodeNames
{
    private const long LargestFile = 4_000_000;

    private static readonly string[] TenTwenty =
        ["FP1", "FP2", "F3", "F4", "C3", "C4", "P3", "P4", "O1", "O2", "F7", "F8", "T3", "T4", "T5", "T6", "FZ", "CZ", "PZ", "E", "PG1", "PG2", "A1", "A2", "T1", "T2"];

    private readonly Dictionary<int, string> stated = [];

    /// <summary>The name of an input.</summary>
    /// <param name="number">Its number.</param>
    public string this[int number] => stated.GetValueOrDefault(number) ?? Default(number);

    /// <summary>Reads the names beside a recording.</summary>
    /// <param name="path">The <c>.EEG</c> file.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    /// <exception cref="MalformedFileException">The file of names is far too large.</exception>
    public static ElectrodeNames Beside(string path, List<string> remarks)
    {
        var names = new ElectrodeNames();
        if (NihonKohdenCompanion.Find(path, "21E") is not { } file)
        {
            remarks.Add("There is no .21E file beside the recording: channels have the system's own names.");
            return names;
        }

        var text = SectionedText.Read(file, "file of electrode names", LargestFile);
        foreach (var line in text["ELECTRODE"].Concat(text["REFERENCE"]))
        {
            if (int.TryParse(line.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && line.Value.Length > 0)
            {
                names.stated[number] = line.Value;
            }
        }

        return names;
    }

    /// <summary>What an input records, by its name and number: the X and DC inputs carry anything, a name with <c>$</c> is a reference.</summary>
    /// <param name="number">Its number.</param>
    public ChannelKind KindOf(int number)
    {
        var name = this[number].ToUpperInvariant();
        if (name.Contains("MARK", StringComparison.Ordinal))
        {
            return ChannelKind.Stim;
        }

        var isOpen = name is ['$', ..] or "Z" or "0V" or "SD" or ['X', >= '0' and <= '9', ..] or ['N', 'A', >= '0' and <= '9', ..] or ['B', 'P', >= '0' and <= '9', ..] or ['R', 'F', 'U', ..];
        if (isOpen || AmplifierInput.IsDc(number))
        {
            return ChannelKind.Misc;
        }

        return ChannelLabels.Of(name, AmplifierInput.Of(number).Unit, _ => true) is not ChannelKind.Other and var kind ? kind : ChannelKind.Eeg;
    }

    private static string Default(int number)
    {
        static string Text(FormattableString text) => FormattableString.Invariant(text);
        return number switch
        {
            < 26 => TenTwenty[number],
            < 37 => Text($"X{number - 25}"),
            < 42 => Text($"NA{number - 36}"),
            < 74 => Text($"DC{number - 41:00}"),
            < 76 => Text($"BN{number - 73}"),
            < 78 => Text($"Mark{number - 75}"),
            < 100 => Text($"NA{number - 72}"),
            < 104 => Text($"X{number - 88}/BP{number - 99}"),
            < 254 => Text($"X{number - 88}"),
            255 => "Z",
            _ => Text($"input {number}"),
        };
    }
}
