using SignalLab.Model;

namespace SignalLab.Analysis.Anonymising;

/// <summary>Takes the person out of images.</summary>
public static class ImageAnonymising
{
    extension(ParameterMap map)
    {
        /// <summary>The image without subject, date, and the name and hash of its file. Words burned into the picture stay.</summary>
        public AnonymisedMap Anonymised()
        {
            var report = new AnonymisingReport();
            Anonymising.Told(map.Subject with { Sex = null, AgeYears = null }, report);
            report.Add("sex", Treatment.Removed, map.Subject.Sex is null ? 0 : 1);
            report.Add("age", Treatment.Removed, map.Subject.AgeYears is null ? 0 : 1);
            report.Add("date", Treatment.Removed, map.Start is null ? 0 : 1);
            report.Add("name and hash of the input", Treatment.Removed, map.Provenance.Input.Length > 0 ? 1 : 0);
            report.Add("voxels, with all that is burned into them", Treatment.Kept);
            var told = map with
            {
                Subject = Subject.Unknown,
                Start = null,
                Remarks = [],
                Provenance = Anonymising.Told(map.Provenance, new FreeTexts(map.Subject)).Then(TreatedField.StepOf(report.Fields)),
            };
            return new(told, report.Fields);
        }
    }
}
