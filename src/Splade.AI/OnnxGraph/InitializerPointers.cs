using System.Globalization;
using Splade.AI.Files;

namespace Splade.AI.OnnxGraph;

/// <summary>Describes big tensors as external data that lie inside the model's own file, so that a rewritten model need not carry them.</summary>
internal sealed class InitializerPointers
{
    private readonly OnnxFile _file;
    private readonly RewriteSettings _settings;
    private readonly bool _followLinks;

    public InitializerPointers(OnnxFile file, RewriteSettings settings)
    {
        _file = file;
        _settings = settings;
        Files = file.FindFiles();
        string[] targets = [.. Files.Select(RealPath.Of)];

        // ONNX Runtime refuses external data behind a link that leaves the folder, as links of the Hugging Face cache do:
        // it is given the folder that holds the targets, if one does.
        _followLinks = targets.Select(Path.GetDirectoryName).Distinct().Count() == 1;
        Folder = Path.GetDirectoryName(_followLinks ? targets[0] : Files[0])!;
    }

    /// <summary>The model's file, and those of its external data.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The folder that the locations are relative to.</summary>
    public string Folder { get; }

    /// <summary>A tensor message that points to where the numbers are; null if the tensor is to stay as it is.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="name">The name it gets.</param>
    public ProtoWriter? PointTo(OnnxTensor tensor, string name)
    {
        if (tensor.Storage is TensorStorage.External external)
        {
            string location = _followLinks ? Path.GetFileName(RealPath.Of(_file.ExternalFiles.PathOf(external.Location, tensor.Name))) : external.Location;
            return Point(tensor, name, location, external.Offset, external.Length);
        }

        return tensor.Storage is TensorStorage.Raw { Data: Piece data } && data.Source is FileBytes && IsWorthIt(data)
            ? Point(tensor, name, Path.GetFileName(_followLinks ? RealPath.Of(_file.Path) : _file.Path), data.Offset, data.Length)
            : null;
    }

    /// <summary>The message of a tensor, with its numbers in another file.</summary>
    public static ProtoWriter Point(OnnxTensor tensor, string name, string location, long offset, long? length)
    {
        var message = new ProtoWriter();
        foreach (ProtoField field in ProtoReader.Fields(tensor.Message).Where(f => f.Number
            is not (OnnxFields.Tensor.RawData or OnnxFields.Tensor.ExternalData or OnnxFields.Tensor.DataLocation or OnnxFields.Tensor.Name)))
        {
            message.Copy(field.Whole);
        }

        message.Text(OnnxFields.Tensor.Name, name).Varint(OnnxFields.Tensor.DataLocation, 1);
        Entry("location", location);
        Entry("offset", offset.ToString(CultureInfo.InvariantCulture));
        if (length is long known)
        {
            Entry("length", known.ToString(CultureInfo.InvariantCulture));
        }

        return message;

        void Entry(string key, string value) => message.Message(
            OnnxFields.Tensor.ExternalData, new ProtoWriter().Text(OnnxFields.Entry.Key, key).Text(OnnxFields.Entry.Value, value));
    }

    private bool IsWorthIt(Piece data) => data.Length >= _settings.PointFromBytes && data.Offset % _settings.PointerAlignment == 0;
}
