using SignalLab.Formats.Xml;
using SignalLab.Model;

namespace SignalLab.Formats.Mff;

/// <summary>The signals of a folder that are recordings: electrodes and physiological channels, each with a file of its own.</summary>
/// <param name="Electrodes">The electrodes, or null.</param>
/// <param name="Physiology">The physiological channels, or null.</param>
internal sealed record MffSignals(MffSignal? Electrodes, MffSignal? Physiology)
{
    /// <summary>The signal that the epochs count blocks of.</summary>
    public MffSignal Main => Electrodes ?? Physiology!;

    /// <summary>Finds the signals by their <c>infoN.xml</c>.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="remarks">Receives what is not read.</param>
    /// <exception cref="MalformedFileException">A file is damaged, or there is neither of both kinds.</exception>
    public static MffSignals Of(MffFolder folder, List<string> remarks)
    {
        MffSignal? electrodes = null, physiology = null;
        foreach (var number in folder.Signals)
        {
            var info = folder.Require(FormattableString.Invariant($"info{number}.xml"));
            var file = folder[FormattableString.Invariant($"signal{number}.bin")];
            if (electrodes is null && info.All("EEG").Any())
            {
                electrodes = MffSignal.Read(file, info);
            }
            else if (physiology is null && info.All("PNSData").Any())
            {
                physiology = MffSignal.Read(file, info);
            }
            else
            {
                remarks.Add(FormattableString.Invariant($"signal{number}.bin is neither electrodes nor physiological channels, or a second of them; it is not read."));
            }
        }

        return electrodes is null && physiology is null
            ? throw new MalformedFileException(folder.Path, null, "signals", "neither electrodes nor physiological channels", "an info file with EEG or PNSData")
            : new(electrodes, physiology);
    }
}
