using SignalLab.Formats;
using SignalLab.Formats.Fiff;

namespace SignalLab.Tests.Formats.Fiff;

public class FiffModelContractTests : FormatContract
{
    protected override IFormat Format { get; } = new FiffFormat();

    protected override IEnumerable<string> RealSamples =>
        ["meg/fif/test-1-eve.fif", "meg/fif/test-proj.fif", "meg/source/fsaverage-trans.fif", "meg/source/sample-fiducials.fif", "meg/source/sample-320-320-320-bem.fif", "meg/helmets/KIT.fif.gz", "meg/sss/ct_sparse.fif"];

    protected override string Ending => ".fif";

    protected override IEnumerable<string> Samples(string scratch)
    {
        string At(string name) => Path.Combine(scratch, name);
        return
        [
            FiffModelSample.Covariance(At("a-cov.fif")), FiffModelSample.Covariance(At("b-cov.fif"), isDiagonal: true), FiffModelSample.Projector(At("a-proj.fif")), FiffModelSample.Model(At("a-bem.fif")),
            FiffModelSample.Sources(At("a-src.fif")), FiffModelSample.LeadField(At("a-fwd.fif")), FiffModelSample.LeadField(At("b-fwd.fif"), isByChannel: true, isFixed: true), FiffModelSample.Events(At("a-eve.fif")),
            FiffModelSample.Annotations(At("a-annot.fif")), FiffModelSample.Digitised(At("a-dig.fif")), FiffModelSample.Transform(At("a-trans.fif")), FiffModelSample.CrossTalk(At("ct.fif")),
        ];
    }
}
