using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

public sealed class LabelTableTests : IDisposable
{
    private readonly DirectoryInfo scratch = Directory.CreateTempSubdirectory("signallab-labels-");

    public void Dispose() => scratch.Delete(recursive: true);

    [Theory]
    [InlineData("atlas.tsv", "index\tname\tcolor\n10\tleft thalamus\t#00760e\n11\tArea 44\t#000000\n")]
    [InlineData("atlas.txt", "# No. Label Name: R G B A\n10 left-thalamus 0 118 14 0\n11 Area-44 122 186 220 0\n", "left-thalamus", "Area-44")]
    [InlineData("atlas.label", "10 0 118 14 1 1 1 \"left thalamus\"\n11 1 2 3 1 1 1 \"Area 44\"\n")]
    [InlineData("atlas.lut", "10 0.00000 0.46 0.05 left thalamus\n11 0.1 0.2 0.3 Area 44\n")]
    [InlineData("atlas.nii.txt", "10 left thalamus\n11 Area 44\n")]
    [InlineData("atlas.ctab", "10  left thalamus  0 118 14 0\n11  Area 44  0 118 14 0\n")]
    public void A_table_beside_a_volume_of_whole_numbers_names_its_labels(string name, string content, string ten = "left thalamus", string eleven = "Area 44")
    {
        var map = Open(name, content, 4, 0);
        Assert.Equal(MapKind.Label, map.Kind);
        Assert.Equal([(10, ten), (11, eleven)], map.LabelNames.OrderBy(l => l.Key).Select(l => (l.Key, l.Value)));
    }

    [Theory]
    [InlineData("Label", 10)]
    [InlineData("Probabilistic", 11)]
    public void The_index_of_an_FSL_atlas_is_the_value_of_labels_and_one_less_in_a_probabilistic_summary(string type, int expected)
    {
        var map = Open("Thalami.xml", $"<atlas><header><type>{type}</type><images><imagefile>/Thalami/other</imagefile><summaryimagefile>/Thalami/atlas</summaryimagefile></images></header><data><label index=\"10\" x=\"1\" y=\"2\" z=\"3\">thalamus</label></data></atlas>", 4, 0);
        Assert.Equal((expected, "thalamus"), map.LabelNames.Select(l => (l.Key, l.Value)).Single());
    }

    [Theory]
    [InlineData("atlas.txt", "10 left thalamus\nscanned on a Monday\n")]
    [InlineData("atlas.txt", "1 2 3\n4 5 6\n")]
    [InlineData("atlas.txt", "")]
    [InlineData("atlas.lut", "10 \0\u0001\u0002")]
    [InlineData("atlas.tsv", "onset\tduration\n1\t2\n")]
    [InlineData("Thalami.xml", "<atlas><header><type>Label</type><images><imagefile>/a/other</imagefile></images></header><data><label index=\"10\">x</label></data></atlas>")]
    [InlineData("Thalami.xml", "<atlas><header>")]
    [InlineData("FreeSurferColorLUT.txt", "10 left-thalamus 0 118 14 0\n")]
    public void What_is_no_table_of_this_volume_names_nothing(string name, string content)
    {
        var map = Open(name, content, 4, 0);
        Assert.Empty(map.LabelNames);
        Assert.Equal(MapKind.Measured, map.Kind);
    }

    [Fact]
    public void FreeSurfer_s_table_names_a_volume_that_says_it_holds_labels_and_no_table_names_one_of_fractions()
    {
        Assert.Equal("left-thalamus", Open("FreeSurferColorLUT.txt", "10 left-thalamus 0 118 14 0\n", 4, 1002).LabelNames[10]);
        Assert.Empty(Open("atlas.txt", "10 left thalamus\n", 16, 0).LabelNames);
    }

    private ParameterMap Open(string name, string content, int datatype, int intent)
    {
        var path = Path.Combine(scratch.FullName, "atlas.nii");
        new NiftiSample { Datatype = datatype, BytesPerVoxel = datatype == 16 ? 4 : 2, Intent = intent }.Write(path, i => datatype == 16 ? BitConverter.GetBytes(i + 0.5f) : BitConverter.GetBytes((short)i));
        File.WriteAllText(Path.Combine(scratch.FullName, name), content);
        return KnownFormats.Open(path).Maps[0];
    }
}
