namespace Splade.AI.Files;

/// <summary>What a name in a folder stands for.</summary>
internal enum FileKind
{
    /// <summary>A file with bytes of its own.</summary>
    Regular,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A named pipe: opening it waits for whoever writes into it.</summary>
    Pipe,

    /// <summary>A device, such as a terminal or a source of endless zeros.</summary>
    Device,

    /// <summary>A socket.</summary>
    Socket,

    /// <summary>What this library has no name for.</summary>
    Other,
}
