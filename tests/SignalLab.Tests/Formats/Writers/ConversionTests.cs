using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Writers;

/// <summary>From every format that is read into every format that is written: nothing is dropped unsaid.</summary>
public sealed class ConversionTests(SampleLibrary library) : IClassFixture<SampleLibrary>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static IEnumerable<TheoryDataRow<string>> Endings => KnownWriters.Endings.Select(e => new TheoryDataRow<string>(e));

    [Theory]
    [MemberData(nameof(Endings))]
    public void Every_sample_of_every_format_is_converted_with_every_loss_told_or_refused_in_one_line(string ending)
    {
        Assert.True(library.ContractCount > 30 && library.Recordings.Count > library.ContractCount / 2);
        var faults = library.Recordings.Select((r, i) => (r.Name, Faults: Faults(r.Recording, folder[$"c{i}{ending}"]))).Where(f => f.Faults.Count > 0);
        Assert.Empty(faults.Select(f => $"{f.Name}: {string.Join("; ", f.Faults)}"));
    }

    [Fact]
    public void Every_written_format_fits_some_sample()
    {
        foreach (var ending in KnownWriters.Endings)
        {
            Assert.Contains(library.Recordings, r =>
            {
                try
                {
                    KnownWriters.Write([r.Recording], folder["fits" + ending]);
                    return true;
                }
                catch (UnfitInputException)
                {
                    return false;
                }
            });
        }
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private static IReadOnlyList<string> Faults(Recording recording, string path)
    {
        try
        {
            return WrittenCopy.Faults(recording, path);
        }
        catch (Exception e) when (e is not UnfitInputException)
        {
            return [$"{e.GetType().Name}: {e.Message} {e.StackTrace?.Split('\n')[0]}"];
        }
    }
}
