using System.Runtime.InteropServices;

namespace Splade.AI.ModelFiles;

/// <summary>A safetensors file, open for reading: its header is compared with its length before anything is read of it.</summary>
internal sealed class SafetensorsFile : IDisposable
{
    private readonly FileStream _file;
    private readonly string _path;

    private SafetensorsFile(FileStream file, string path, IReadOnlyDictionary<string, SafetensorsTensor> tensors)
    {
        _file = file;
        _path = path;
        Tensors = tensors;
    }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsTensor> Tensors { get; }

    /// <exception cref="SpladeModelException">The file cannot be read, or is damaged.</exception>
    public static SafetensorsFile Open(string path)
    {
        FileStream file = ModelFile.OpenRead(path);
        try
        {
            return new SafetensorsFile(file, path, SafetensorsHeader.Read(file));
        }
        catch (Exception e) when (e is FormatException or IOException)
        {
            file.Dispose();
            throw Damaged(e, path);
        }
    }

    /// <summary>The numbers of a tensor of type F32.</summary>
    /// <exception cref="SpladeModelException">The tensor is of another type or too large for an array, or the file cannot be read.</exception>
    public float[] ReadFloats(SafetensorsTensor tensor)
    {
        if (tensor.Type != "F32" || tensor.Length > Array.MaxLength)
        {
            throw new SpladeModelException($"'{tensor.Name}' is {tensor}, expected F32 of at most {Array.MaxLength} bytes.", _path);
        }

        float[] numbers = new float[tensor.Length / sizeof(float)];
        try
        {
            _file.Position = tensor.Offset;
            _file.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
            return numbers;
        }
        catch (IOException e)
        {
            throw Damaged(e, _path);
        }
    }

    public void Dispose() => _file.Dispose();

    private static SpladeModelException Damaged(Exception e, string path) =>
        new($"The file is not a whole safetensors file: {e.Message} Copy it again from its origin.", path, e);
}
