using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Electrodes;

/// <summary>What the dialects' descriptions say, on files written here.</summary>
public sealed class ElectrodeDialectTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("mm", 0.1)]
    [InlineData("cm", 1)]
    [InlineData("m", 100)]
    public void Asa_keeps_its_stated_unit(string unit, double metres) =>
        AssertPlace(new(0, 0, metres), Open("a.elc", $"UnitPosition\t{unit}\nPositions\n0 0 100\nLabels\nCz\n"), "Cz", 1e-12);

    [Fact]
    public void Asa_names_beside_positions_and_labels_on_one_line_are_read()
    {
        AssertPlace(new(-0.029, 0.084, -0.007), Open("a.elc", "UnitPosition mm\nNumberPositions= 2\nPositions\nFp1 : -29 84 -7\nCz  : 0 0 100\n"), "Fp1", 1e-12);
        AssertPlace(new(0, 0, 0.1), Open("b.elc", "UnitPosition mm\nNumberPositions= 2\nPositions\n-29 84 -7\n0 0 100\nLabels\nFp1 Cz\n"), "Cz", 1e-12);
    }

    [Fact]
    public void Asa_refuses_a_count_that_is_not_the_files()
    {
        var e = Assert.Throws<MalformedFileException>(() => Open("a.elc", "UnitPosition mm\nNumberPositions= 3\nPositions\n-29 84 -7\n0 0 100\nLabels\nFp1\nCz\n"));
        Assert.Contains("NumberPositions", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.elp", "EEG Fp1 -90 -72\nEEG T8 90 0\nEEG Oz 90 -90\nEEG Cz 0 0\n")]
    [InlineData("a.txt", "Site Theta Phi\nFp1 -90 -72\nT8 90 0\nOz 90 -90\nCz 0 0\n")]
    [InlineData("a.locs", "1 -18 0.5 Fp1\n2 90 0.5 T8\n3 180 0.5 Oz\n4 0 0 Cz\n")]
    [InlineData("a.ced", "Number\tlabels\ttheta\tradius\tX\tY\tZ\n1\tFp1\t-18\t0.5\t0.9510565163\t0.3090169944\t0\n2\tT8\t90\t0.5\t\t\t\n3\tOz\t180\t0.5\t-1\t0\t0\n4\tCz\t0\t0\t0\t0\t1\n")]
    [InlineData("b.ced", "labels\tsph_theta\tsph_phi\nFp1\t18\t0\nT8\t-90\t0\nOz\t180\t0\nCz\t0\t90\n")]
    [InlineData("a.csd", "E0 0 0 1 0 0 1 0\nFp1 108 0 1 -0.3090169944 0.9510565163 0 0\nT8 0 0 1 1 0 0 0\nOz 270 0 1 0 -1 0 0\nCz 0 90 1 0 0 1 0\n")]
    [InlineData("a.bvef", "<Electrodes><Electrode><Name>Fp1</Name><Theta>-90</Theta><Phi>-72</Phi><Radius>1</Radius></Electrode><Electrode><Name>T8</Name><Theta>90</Theta><Phi>0</Phi><Radius>1</Radius></Electrode><Electrode><Name>Oz</Name><Theta>90</Theta><Phi>-90</Phi><Radius>1</Radius></Electrode><Electrode><Name>Cz</Name><Theta>0</Theta><Phi>0</Phi><Radius>1</Radius></Electrode></Electrodes>")]
    [InlineData("a.sfp", "Fp1 -3.090169944 9.510565163 0\nT8 10 0 0\nOz 0 -10 0\nCz 0 0 10\n")]
    [InlineData("a.xyz", "1 -3.090169944 9.510565163 0 Fp1\n2 10 0 0 T8\n3 0 -10 0 Oz\n4 0 0 10 Cz\n")]
    [InlineData("a.csv", "name,x,y,z\nFp1,-3.090169944,9.510565163,0\nT8,10,0,0\nOz,0,-10,0\nCz,0,0,10\n")]
    public void One_cap_in_every_dialect_is_one_layout(string file, string content)
    {
        var study = Open(file, content);
        AssertPlace(new(-0.095 * 0.3090169944, 0.095 * 0.9510565163, 0), study, "Fp1", 1e-10);
        AssertPlace(new(0.095, 0, 0), study, "T8", 1e-10);
        AssertPlace(new(0, -0.095, 0), study, "Oz", 1e-10);
        AssertPlace(new(0, 0, 0.095), study, "Cz", 1e-10);
        Assert.Contains(study.Remarks, r => r.Contains("0.095 m", StringComparison.Ordinal));
    }

    [Fact]
    public void A_digitisers_axes_are_turned_by_its_fiducials()
    {
        var study = Open("a.hpts", "eeg Fp1 -95 -31 -3\neeg O2 95 31 -3\ncardinal nasion -91 0 -42\ncardinal lpa 0 -91 -42\ncardinal rpa 0 91 -42\n");
        AssertPlace(new(-0.031, 0.095, -0.003), study, "Fp1", 1e-12);
        Assert.Equal(["nasion", "lpa", "rpa"], study.Layouts[0].Fiducials.Select(f => f.Name));
        Assert.Equal(0.091, study.Layouts[0].Fiducials[0].PositionMetres.Y, 12);
    }

    [Fact]
    public void Bids_takes_unit_orientation_and_landmarks_from_the_file_beside_it()
    {
        File.WriteAllText(folder["sub-01_coordsystem.json"], """{"EEGCoordinateSystem":"CTF","EEGCoordinateUnits":"cm","AnatomicalLandmarkCoordinates":{"NAS":[10,0,0],"LPA":[0,7,0],"RPA":[0,-7,0]},"AnatomicalLandmarkCoordinateUnits":"cm"}""");
        var study = Open("sub-01_electrodes.tsv", "name\tx\ty\tz\nFp1\t9\t3\t4\nGND\tn/a\tn/a\tn/a\n");
        AssertPlace(new(-0.03, 0.09, 0.04), study, "Fp1", 1e-12);
        Assert.Equal(0.1, study.Layouts[0].Fiducials[0].PositionMetres.Y, 12);
        Assert.Contains(study.Remarks, r => r.Contains("GND", StringComparison.Ordinal));
        Assert.DoesNotContain(study.Remarks, r => r.Contains("0.095", StringComparison.Ordinal));
    }

    [Fact]
    public void Bids_of_the_real_data_is_in_metres_with_fiducials()
    {
        var study = KnownFormats.Open(SharedData.File("eeg/bids/tiny_bids/sub-01/ses-eeg/eeg/sub-01_ses-eeg_electrodes.tsv"));
        AssertPlace(new(-0.03741270038437644, 0.11102138145885607, 0.04987088609474466), study, "Fp1", 1e-15);
        Assert.Equal(3, study.Layouts[0].Fiducials.Count);
    }

    [Fact]
    public void An_electrode_file_with_a_document_type_definition_is_refused()
    {
        var bomb = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaa\">]><Electrodes><Electrode><Name>&a;</Name><Theta>0</Theta><Phi>0</Phi><Radius>1</Radius></Electrode></Electrodes>";
        Assert.Throws<MalformedFileException>(() => Open("a.bvef", bomb));
    }

    [Theory]
    [InlineData("a.sfp", "Fp1 1 2 3\nFp2 1 2 nan\nCz 0 0 1\n")]
    [InlineData("a.sfp", "Fp1 1 2 3\nFp2 1 2 1e300\nCz 0 0 1\n")]
    [InlineData("a.sfp", "Fp1 0 0 0\nFp2 0 0 0\nCz 0 0 0\n")]
    [InlineData("a.tsv", "name\tx\ty\tz\nFp1\t1\n")]
    [InlineData("a.tsv", "name\tx\ty\tz\n")]
    [InlineData("a.hpts", "cardinal 1 0 0 1\ncardinal 2 0 0 1\ncardinal 3 0 0 1\n")]
    public void Numbers_that_are_none_and_tables_without_an_electrode_are_refused(string file, string content) =>
        Assert.Throws<MalformedFileException>(() => Open(file, content));

    // Tables of OPM sensors (positions.tsv of SPM): place and direction, P and O before the axis; no unit is stated.
    [Fact]
    public void Places_whose_columns_are_called_Px_Py_and_Pz_are_read()
    {
        var study = Open("positions.tsv", "name\tPx\tPy\tPz\tOx\tOy\tOz\nG2-DU-Y\t0\t95\t0\t0\t1\t0\nG2-DU-Z\t95\t0\t0\t1\t0\t0\n");
        AssertPlace(new(0, 0.095, 0), study, "G2-DU-Y", 1e-9);
    }

    [Fact]
    public void Prose_and_number_tables_are_no_electrode_files()
    {
        foreach (var content in new[] { "a b c d\ne f g h\ni j k l\n", "1 2 3\n4 5 6\n7 8 9\n", "time,x\n0,1\n1,2\n2,3\n", "100 2 250 1000\n100.dat 212 200\n100.dat 212 200\n" })
        {
            File.WriteAllText(folder["a.txt"], content);
            Assert.DoesNotContain(SignalLab.Formats.Electrodes.ElectrodeFormats.All, f => f.Recognises(FileHead.Of(folder["a.txt"])));
        }
    }

    private Study Open(string file, string content)
    {
        File.WriteAllText(folder[file], content);
        return KnownFormats.Open(folder[file]);
    }

    private static void AssertPlace(Point3 expected, Study study, string name, double tolerance)
    {
        var actual = study.Layouts[0].Sensors.Single(s => s.Name == name).PositionMetres;
        Assert.True((expected - actual).Norm <= tolerance, $"{name}: {actual} for {expected}");
    }
}
