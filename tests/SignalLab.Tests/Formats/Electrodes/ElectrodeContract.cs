using SignalLab.Formats;
using SignalLab.Formats.Electrodes;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Electrodes;

/// <summary>What every dialect of electrode file promises. Tables without a count cannot show that they were cut at a row: then the rows before it are read.</summary>
public abstract class ElectrodeContract(string ending, string sample, params string[] real) : FormatContract
{
    protected override string Ending => ending;

    protected override IEnumerable<string> RealSamples => real;

    protected override IEnumerable<string> Samples(string scratch)
    {
        var path = Path.Combine(scratch, "sample" + ending);
        File.WriteAllText(path, sample);
        return [path];
    }

    protected override void AssertCutLosesNothing(Study original, Study cut)
    {
        var (whole, rest) = (original.Layouts[0], cut.Layouts[0]);
        var kept = rest.Sensors.Count - 1;
        Assert.True(kept < whole.Sensors.Count);
        Assert.Equal(whole.Sensors.Take(kept).Select(s => s.Name), rest.Sensors.Take(kept).Select(s => s.Name));
    }
}

public class AsaElectrodesTests() : ElectrodeContract(".elc", "# ASA electrode file\nReferenceLabel\tavg\nUnitPosition\tmm\nNumberPositions=\t4\nPositions\n-86 -20 -48\n86 -20 -48\n0 87 -40\n1 2 100\nLabels\nLPA\nRPA\nNz\nCz\n", "eeg/electrodes/colin27_1020.elc", "eeg/electrodes/artinis-brite23.elc")
{
    protected override IFormat Format => new AsaElectrodes();
}

public class SurfacePointsTests() : ElectrodeContract(".sfp", "FidNz 0 9 -2\nFidT9 -7 0 -3\nFidT10 7 0 -3\nE1 -2.7 8.9 1.1\nCz 0 0 8.9\n", "eeg/electrodes/GSN-HydroCel-64_1.0.sfp")
{
    protected override IFormat Format => new SurfacePoints();
}

public class EeglabChannelTableTests() : ElectrodeContract(".ced", "Number\tlabels\ttheta\tradius\tX\tY\tZ\tsph_theta\tsph_phi\tsph_radius\ttype\t\n1\tFp1\t-18\t0.511\t0.95\t0.309\t-0.0349\t 18\t -2\t  1\t\t\n2\tCz\t90\t0\t0\t0\t1\t0\t90\t1\tEEG\t\n3\tEOG\t\t\t\t\t\t\t\t\t\t\n", "eeg/electrodes/Standard-10-20-Cap19.ced")
{
    protected override IFormat Format => new EeglabChannelTable();
}

public class NumberedPolarTests() : ElectrodeContract(".locs", "1\t-18\t0.51111\tFp1\n2\t18\t0.51111\tFp2.\n3\t90\t0\tCz\n", "eeg/electrodes/Standard-10-20-Cap25.locs")
{
    protected override IFormat Format => new NumberedPolar();
}

public class DigitiserPointsTests() : ElectrodeContract(".hpts", "# points\neeg Fp1 -95 -31 -3\neeg Cz 0 0 100\ncardinal nasion -91 0 -42\ncardinal lpa 0 -91 -42\ncardinal rpa 0 91 -42\n", "eeg/electrodes/biosemi.hpts")
{
    protected override IFormat Format => new DigitiserPoints();
}

public class BrainVisionElectrodesTests() : ElectrodeContract(".bvef", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Electrodes defaults=\"true\">\n<Electrode><Name>Fp1</Name><Theta>-90</Theta><Phi>-72</Phi><Radius>1</Radius><Number>1</Number></Electrode>\n<Electrode><Name>Cz</Name><Theta>0</Theta><Phi>0</Phi><Radius>1</Radius><Number>2</Number></Electrode>\n</Electrodes>\n")
{
    protected override IFormat Format => new BrainVisionElectrodes();
}

public class CapTrakElectrodesTests() : ElectrodeContract(".bvct", "<?xml version=\"1.0\"?>\n<CapTrakHeader><CapTrakElectrodeList><CapTrakElectrode><Name>Nasion</Name><X>1</X><Y>100</Y><Z>0</Z></CapTrakElectrode><CapTrakElectrode><Name>Fp1</Name><X>-30</X><Y>95</Y><Z>30</Z></CapTrakElectrode></CapTrakElectrodeList></CapTrakHeader>\n")
{
    protected override IFormat Format => new CapTrakElectrodes();
}

public class CsdToolboxElectrodesTests() : ElectrodeContract(".csd", "// MatLab\n// Label Theta Phi Radius X Y Z off\nE1 37.7 -14 1 0.7677 0.5934 -0.2419 -0.00000000000000011\nE2 44.6 -0.88 1 0.7119 0.7021 -0.0154 0\nE3 51.7 11 1 0.6084 0.7704 0.1908 0\n", "eeg/electrodes/EGI_256.csd")
{
    protected override IFormat Format => new CsdToolboxElectrodes();
}

public class BesaSphericalTests() : ElectrodeContract(".elp", "EEG E1 99.14 58.71\r\nEEG E2 82.00 69.16\r\nREF Cz 8.39 88.98\r\n", "eeg/electrodes/EGI65.elp")
{
    protected override IFormat Format => new BesaSpherical();
}

public class PolhemusElectrodesTests() : ElectrodeContract(".elp", "3\t2\n//Probe file\n//Minor revision number\n1\n//ProbeName\n%N\tName\n//Probe type, number of sensors\n0\t2\n//Position of fiducials X+, Y+, Y- on the subject\n%F\t0.1011\t0.0000\t0.0000\n%F\t-0.0135\t0.0731\t0.0000\n%F\t0.0135\t-0.0731\t0.0000\n//Sensor type\n%S\t400\n//Sensor name and data for sensor # 1\n%N\tFP1\n0.1091\t0.0302\t0.0583\n//Sensor type\n%S\t400\n//Sensor name and data for sensor # 2\n%N\tO2\n-0.0814\t-0.0584\t0.0652\n", "eeg/electrodes/electrocap72.elp")
{
    protected override IFormat Format => new PolhemusElectrodes();
}

public class NumberedPositionsTests() : ElectrodeContract(".xyz", "1\t5.56\t7.05\t-2.1\tE1\n2\t5.3\t7.9\t0.2\tE2\n3\t0\t3.9\t8.1\tE6\n", "eeg/electrodes/EGI-sensorplacement2.xyz")
{
    protected override IFormat Format => new NumberedPositions();
}

public class NamedPositionTableTests() : ElectrodeContract(".tsv", "name\tx\ty\tz\timpedance\nFp1\t-0.037\t0.111\t0.049\t5\nGND\tn/a\tn/a\tn/a\tn/a\nOz\t0\t-0.1\t0.04\t2\n", "eeg/electrodes/fsaverage_1005.tsv", "eeg/electrodes/spherical_1005.tsv")
{
    protected override IFormat Format => new NamedPositionTable();
}

public class ThetaPhiTableTests() : ElectrodeContract(".txt", "Site\t Theta\tPhi\nFp1\t-92\t-72\nNz\t 115\t 90\nCz\t0\t0\n", "eeg/electrodes/biosemi64.txt", "eeg/electrodes/easycap-M1.txt")
{
    protected override IFormat Format => new ThetaPhiTable();
}
