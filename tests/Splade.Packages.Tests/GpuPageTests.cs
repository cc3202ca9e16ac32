using System.Xml.Linq;
using Splade.Testing;

namespace Splade.Packages.Tests;

public sealed class GpuPageTests
{
    [Fact]
    public void Page_PackagesToReference_AreOfTheVersionsOfTheRepository()
    {
        var page = XElement.Parse(new MarkdownPage("docs/gpu.md").Blocks("xml").Single());
        Dictionary<string, string> versions = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(e => e.Attribute("Include")!.Value, e => e.Attribute("Version")!.Value);
        XElement[] references = [.. page.Elements("PackageReference")];
        Assert.Equal(2, references.Length);
        Assert.All(references, r => Assert.Equal(versions[r.Attribute("Include")!.Value], r.Attribute("Version")!.Value));
    }
}
