using PublicApiGenerator;

namespace SignalLab.Tests.House;

/// <summary>The public face of each library is a text that changes only on purpose. To approve a change: set SIGNALLAB_APPROVE=1, run, read the difference, commit it.</summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData(typeof(SignalLab.Model.Recording))]
    [InlineData(typeof(SignalLab.Formats.KnownFormats))]
    [InlineData(typeof(SignalLab.Analysis.Simulation.EegSimulation))]
    [InlineData(typeof(SignalLab.Figures.Figure))]
    [InlineData(typeof(SignalLab.Review.Serving.ReviewServer))]
    public void The_public_face_is_the_approved_one(Type inLibrary)
    {
        var library = inLibrary.Assembly;
        var face = library.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n");
        var approved = Path.Combine(SharedData.RepositoryRoot, "tests", "SignalLab.Tests", "House", "Approved", library.GetName().Name + ".txt");
        if (Environment.GetEnvironmentVariable("SIGNALLAB_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(approved)!);
            File.WriteAllText(approved, face);
        }

        Assert.True(File.Exists(approved), $"no approved text {approved}");
        Assert.Equal(File.ReadAllText(approved).ReplaceLineEndings("\n"), face);
    }
}
