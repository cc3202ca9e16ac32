using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Splade.Packages.Tests;

/// <summary>What is in a package.</summary>
public sealed class Package
{
    private readonly string _file;
    private readonly XElement _metadata;

    public Package(string file)
    {
        _file = file;
        using ZipArchive zip = ZipFile.OpenRead(file);
        Files = [.. zip.Entries.Select(e => e.FullName)];
        using Stream nuspec = zip.Entries.Single(e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        _metadata = XDocument.Load(nuspec).Root!.Elements().Single(e => e.Name.LocalName == "metadata");
    }

    public string Id => this["id"]!;

    public string Version => this["version"]!;

    public long Size => new FileInfo(_file).Length;

    /// <summary>The paths in it.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The ids of the packages that it needs.</summary>
    public IReadOnlyList<string> Dependencies =>
        [.. _metadata.Descendants().Where(e => e.Name.LocalName == "dependency").Select(e => (string)e.Attribute("id")!)];

    /// <summary>A text of its metadata; null if there is none.</summary>
    public string? this[string name] => _metadata.Elements().SingleOrDefault(e => e.Name.LocalName == name)?.Value;

    /// <summary>What an assembly of it says of how it was made and of its symbols.</summary>
    public IReadOnlyList<DebugDirectoryEntryType> DebugEntriesOf(string assembly)
    {
        using ZipArchive zip = ZipFile.OpenRead(_file);
        using Stream stream = zip.GetEntry(assembly)!.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        using var reader = new PEReader(new MemoryStream(copy.ToArray()));
        return [.. reader.ReadDebugDirectory().Select(e => e.Type)];
    }
}
