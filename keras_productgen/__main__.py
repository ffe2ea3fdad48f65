from keras_productgen.cli import main

main()
