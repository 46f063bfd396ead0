using SignalLab.Formats;
using SignalLab.Formats.BrainVision;
using SignalLab.Formats.Edf;
using SignalLab.Formats.Eeglab;
using SignalLab.Formats.Fiff;
using SignalLab.Model;

namespace SignalLab.Benchmarks;

/// <summary>One recording in every format that is raced.</summary>
internal static class SameInOtherFormats
{
    /// <summary>Writes the recording of a file, its EEG channels only, into a folder.</summary>
    public static void Write(string from, string folder)
    {
        var whole = Recordings.Open(from);
        int[] eeg = [.. Enumerable.Range(0, whole.Channels.Count).Where(c => whole.Channels[c].Kind == ChannelKind.Eeg)];
        var recording = whole with { Channels = [.. eeg.Select(c => whole.Channels[c])], Samples = new Picked(whole.Samples, eeg) };
        // Integers for the formats that keep them; without a scale of its own a channel is written as floating-point numbers.
        var stepped = recording with { Channels = [.. recording.Channels.Select(c => c with { Calibration = c.Calibration! with { Offset = 0 } })] };
        var floating = recording with { Channels = [.. recording.Channels.Select(c => c with { Calibration = null })] };
        string In(string name) => Path.Combine(folder, name);
        EdfWriter.Write(recording, In("int24.bdf"), EdfKind.Bdf);
        BrainVisionWriter.Write(stepped, In("int16.vhdr"));
        BrainVisionWriter.Write(floating, In("float32.vhdr"));
        FiffWriter.WriteRaw(recording, In("float32_raw.fif"));
        EeglabWriter.Write(recording, In("beside.set"), EeglabStorage.Beside);
        EeglabWriter.Write(recording, In("inside.set"), EeglabStorage.Inside);
    }

    private sealed class Picked(ISampleSource source, int[] channels) : ISampleSource
    {
        public int ChannelCount => channels.Length;

        public long Count(int channel) => source.Count(channels[channel]);

        public void Read(int channel, long first, Span<double> into) => source.Read(channels[channel], first, into);

        public void Read(ReadOnlySpan<int> wanted, long first, int count, Span<double> into)
        {
            var places = new int[wanted.Length];
            for (var i = 0; i < places.Length; i++)
            {
                places[i] = channels[wanted[i]];
            }

            source.Read(places, first, count, into);
        }
    }
}
