using System.Text;
using Splade.KernelAotProgram;

// A kernel that is compiled to one native file: `dotnet publish -c Release -r linux-x64`.
if (args is not [string sparseFolder, string denseFolder])
{
    Console.Error.WriteLine("Expected two arguments: the folders of a SPLADE model and of a dense one.");
    return 2;
}

Console.OutputEncoding = Encoding.UTF8;
await KernelWalkthrough.RunAsync(sparseFolder, denseFolder, Console.Out);
return 0;
