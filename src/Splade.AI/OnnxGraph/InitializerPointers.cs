namespace Splade.AI.OnnxGraph;

/// <summary>Describes big tensors as external data that lie inside the model's own file, so that a rewritten model need not carry them.</summary>
internal sealed class InitializerPointers
{
    private readonly OnnxFile _file;
    private readonly RewriteSettings _settings;
    private readonly InitializerFolder _folder;

    public InitializerPointers(OnnxFile file, RewriteSettings settings)
    {
        _file = file;
        _settings = settings;
        Files = file.FindFiles();
        _folder = InitializerFolder.Of(Files);
    }

    /// <summary>The model's file, and those of its external data.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The folder that the locations are relative to.</summary>
    public string Folder => _folder.Path;

    /// <summary>A tensor message that points to where the numbers are; null if the tensor is to stay as it is.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="name">The name it gets.</param>
    public ProtoWriter? PointTo(OnnxTensor tensor, string name) => tensor.Storage switch
    {
        TensorStorage.External external => Point(
            tensor, name, Place(_file.ExternalFiles.PathOf(external.Location, tensor.Name), external.Offset, external.Length)),
        TensorStorage.Raw { Data: Piece data } when data.Source is FileBytes && IsWorthIt(data) => Point(
            tensor, name, Place(_file.Path, data.Offset, data.Length)),
        _ => null,
    };

    /// <summary>The message of a tensor, with its numbers in another file.</summary>
    public static ProtoWriter Point(OnnxTensor tensor, string name, ExternalPlace place) => place.WriteTo(Describe(tensor, name));

    /// <summary>The message of a tensor without its numbers.</summary>
    public static ProtoWriter Describe(OnnxTensor tensor, string? name = null)
    {
        var message = new ProtoWriter();
        foreach (ProtoField field in ProtoReader.Fields(tensor.Message).Where(f => f.Number
            is not (OnnxFields.Tensor.RawData or OnnxFields.Tensor.ExternalData or OnnxFields.Tensor.DataLocation or OnnxFields.Tensor.Name)))
        {
            message.Copy(field.Whole);
        }

        return message.Text(OnnxFields.Tensor.Name, name ?? tensor.Name);
    }

    private ExternalPlace Place(string file, long offset, long? length) => new(_folder.LocationOf(file), offset, length);

    private bool IsWorthIt(Piece data) => data.Length >= _settings.PointFromBytes && data.Offset % _settings.PointerAlignment == 0;
}
